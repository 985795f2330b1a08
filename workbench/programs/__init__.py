"""What programs may call: `gradio_client` and MCP see these endpoints and nothing else."""
