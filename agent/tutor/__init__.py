"""What shapes an answer: model, prompt, voice, turn detection, the one tool."""
