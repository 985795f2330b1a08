# The public demo, for a Hugging Face Space or any other host: docs/space.md says how.

FROM debian:bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates binutils
RUN python3 -m venv /uv && /uv/bin/pip install --quiet --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock ./
ENV UV_PYTHON=/usr/bin/python3 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_NO_CACHE=1
RUN /uv/bin/uv sync --quiet --frozen --no-dev --no-install-project --compile-bytecode
# Libraries carry their own tests, which nobody runs here, and symbols for debuggers.
RUN find .venv -type d -path "*/site-packages/*" -name tests -prune -exec rm -rf {} + \
 && find .venv -name "*.so" -not -path "*.libs/*" -exec strip --strip-unneeded {} +
COPY . .
RUN /uv/bin/uv sync --quiet --frozen --no-dev
RUN .venv/bin/python -m compileall -q agent evals workbench
ENV XDG_CACHE_HOME=/app/.cache
RUN .venv/bin/python -m agent.local_live.ear.token_model

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 user
COPY --from=build /app /app
USER user
WORKDIR /app
ENV HOME=/home/user \
    XDG_CACHE_HOME=/app/.cache \
    PYTHONDONTWRITEBYTECODE=1 \
    WORKBENCH_HOME=/home/user/workspace \
    WORKBENCH_HOST=0.0.0.0 \
    WORKBENCH_PORT=7860 \
    WORKBENCH_PUBLIC=1
EXPOSE 7860
CMD [".venv/bin/python", "app.py"]
