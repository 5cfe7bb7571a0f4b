#!/usr/bin/env bash
# Makes the bucket with its policy and its lifecycle rule on any S3 server; may run again and again.
# Usage: bucket.sh     with STORE_ENDPOINT, STORE_BUCKET, STORE_REGION, STORE_SECRETS (folder with store-admin-access-key, store-admin-secret-key)
# STORE_PRINCIPAL is how the server names a user, with @ for the name: arn:aws:iam:::user/@ (Ceph, the default), arn:aws:iam::ACCOUNT:user/@ (AWS)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
endpoint=${STORE_ENDPOINT:?address of the S3 server, http://object-store:9000} bucket=${STORE_BUCKET:-sparsepipeline}
region=${STORE_REGION:-us-east-1} secrets=${STORE_SECRETS:-/run/secrets} principal=${STORE_PRINCIPAL:-arn:aws:iam:::user/@}

# Keys reach curl over a pipe: an argument is seen by every process of the machine. Debian 12's curl signs wrongly without the body's hash.
s3() { # method, path, body file or nothing, further arguments
  local method=$1 path=$2 body=${3:-/dev/null}; shift 2; [ $# -gt 0 ] && shift
  curl -sS -o "$answer" -w '%{http_code}' --retry 10 --retry-connrefused --retry-delay 1 --max-time 30 \
    --aws-sigv4 "aws:amz:$region:s3" -K <(printf 'user = "%s:%s"\n' "$(cat "$secrets/store-admin-access-key")" "$(cat "$secrets/store-admin-secret-key")") \
    -X "$method" --data-binary "@$body" -H "x-amz-content-sha256: $(sha256sum "$body" | cut -d' ' -f1)" "$@" "$endpoint$path"
}
expect() { # what, status, allowed…
  local what=$1 status=$2 allowed; shift 2
  for allowed in "$@"; do [ "$status" = "$allowed" ] && { echo "bucket.sh: $what" >&2; return 0; }; done
  { echo "bucket.sh: $what failed with status $status:"; cat "$answer"; echo; } >&2
  exit 1
}
md5() { openssl dgst -md5 -binary "$1" | base64; }

answer=$(mktemp) policy=$(mktemp)
trap 'rm -f "$answer" "$policy"' EXIT
sed -e "s/@bucket@/$bucket/g" -e "s#\"@\([a-z]*\)@\"#\"${principal//@/\\1}\"#g" "$here/bucket-policy.json" > "$policy"

# 409: it is there already and ours.
expect "bucket $bucket" "$(s3 PUT "/$bucket")" 200 409
expect "policy of $bucket" "$(s3 PUT "/$bucket?policy=" "$policy")" 200 204
expect "lifecycle of $bucket" "$(s3 PUT "/$bucket?lifecycle=" "$here/lifecycle.xml" -H "Content-MD5: $(md5 "$here/lifecycle.xml")")" 200
