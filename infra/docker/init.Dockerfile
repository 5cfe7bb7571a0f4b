# syntax=docker/dockerfile:1
# Gives a broker and an S3 server what the pipeline expects of them, and ends: users, permissions, policies; bucket, its policy and rule.
#   docker build -f infra/docker/init.Dockerfile -t sparsepipeline/init:0.1.0 .
# To pin the bytes, append the digest that `docker buildx imagetools inspect debian:12.12-slim` prints, as in Dockerfile.
ARG BASE_IMAGE=debian:12.12-slim
FROM ${BASE_IMAGE}
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends bash ca-certificates curl openssl \
    && rm -rf /var/lib/apt/lists/*
COPY --chmod=0755 infra/rabbitmq/provision.sh /opt/rabbitmq/provision.sh
COPY infra/rabbitmq/definitions.json /opt/rabbitmq/definitions.json
COPY --chmod=0755 infra/object-store/bucket.sh /opt/object-store/bucket.sh
COPY infra/object-store/bucket-policy.json infra/object-store/lifecycle.xml /opt/object-store/
USER 1654:1654
# It ends; what there is to know is its exit code.
HEALTHCHECK NONE
ENTRYPOINT ["bash", "-euc", "/opt/rabbitmq/provision.sh; /opt/object-store/bucket.sh"]
