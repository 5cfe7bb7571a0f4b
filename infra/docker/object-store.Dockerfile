# syntax=docker/dockerfile:1
# The object store of docker-compose.yml: Debian's Ceph gateway, the server that the tests and the crash suite run on (decision 0021).
#   docker build -f infra/docker/object-store.Dockerfile -t sparsepipeline/object-store:0.1.0 .
# To pin the bytes, append the digest that `docker buildx imagetools inspect debian:12.12-slim` prints, as in Dockerfile.
ARG BASE_IMAGE=debian:12.12-slim
FROM ${BASE_IMAGE}
# Within a Debian release packages get nothing but security and stability fixes.
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends bash ceph-common ceph-mon ceph-osd radosgw \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o ceph -g ceph -m 0750 /data
COPY --chmod=0755 infra/object-store/serve.sh /usr/local/bin/object-store
COPY --chmod=0644 infra/object-store/ceph-conf.sh /usr/local/bin/ceph-conf.sh
COPY --chmod=0755 infra/docker/healthcheck.sh /usr/local/bin/healthcheck
USER ceph
VOLUME /data
EXPOSE 9000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=4 CMD ["healthcheck", "http://127.0.0.1:9000/"]
ENTRYPOINT ["object-store"]
