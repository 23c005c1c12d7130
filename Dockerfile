# The image of Colophon: a wheel is built, installed into an environment of its own, and only that is kept.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
WORKDIR /source
COPY . .
# The build hook fetches the pinned front-end files from npm; no Node is needed.
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[mariadb]"
RUN python -m venv /opt/colophon \
 && /opt/colophon/bin/pip install --no-cache-dir --no-index --find-links /wheels "colophon[mariadb]"

FROM python:${PYTHON}-slim
# The number is fixed so that whoever mounts a folder of the host at /data knows whom to give it to.
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin colophon \
 && install --directory --owner colophon --mode 0750 /data
COPY --from=build /opt/colophon /opt/colophon
ENV PATH="/opt/colophon/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    COLOPHON_DATA=/data
USER colophon
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["colophon", "serve", "--host", "0.0.0.0", "--port", "8000"]
