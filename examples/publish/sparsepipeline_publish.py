"""Publish checkpoints to a SparsePipeline gateway from any training, with nothing but Python's standard library.

From a shell:    sparsepipeline_publish.py URL KEY_FILE FILE.safetensors MODEL [RECIPE]
From a training: PublishCallback(url, token, model, source, recipe=...), as a callback of PyTorch Lightning or of the Hugging Face Trainer.
Repeating a call is free: the same file is not sent twice, and the same source and id are one event.
"""
import hashlib
import json
import os
import random
import sys
import time
import urllib.error
import urllib.request

TRIES = 6
TYPES = {"torch.float32": "F32", "torch.bfloat16": "BF16", "torch.float16": "F16", "torch.float64": "F64", "torch.int64": "I64", "torch.int32": "I32",
         "torch.uint8": "U8", "torch.int8": "I8", "torch.bool": "BOOL"}


class Refused(Exception):
    """The gateway refused a request; the message says why and what to do."""


def send(request, timeout):
    """The answer to a request, which is repeated when the network or a busy server lost it: every request of this module may be."""
    for left in reversed(range(TRIES)):
        wait = 0.5 * 2 ** (TRIES - 1 - left) * random.uniform(0.75, 1.25)
        if hasattr(request.data, "seek"):
            request.data.seek(0)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            body = error.read()
            if left and (error.code in (408, 429) or error.code >= 500):
                wait = max(wait, min(30, float(error.headers.get("Retry-After") or 0)))
            else:
                raise Refused(reasons(error.code, body)) from None
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            if not left:
                raise
        time.sleep(wait)


def reasons(status, body):
    """What an answer says is wrong."""
    try:
        return " ".join(f"{error['reason']} {error['remedy']}" for error in json.loads(body)["errors"])
    except (ValueError, KeyError, TypeError):
        return f"The gateway answered {status}."


def call(base, token, method, path, body=None, kind="application/json"):
    """Sends JSON with a key and returns the JSON that is answered."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": "Bearer " + token, "Content-Type": kind}
    return json.loads(send(urllib.request.Request(base.rstrip("/") + path, data, headers, method=method), 60))


def write_safetensors(path, tensors):
    """Writes tensors, given as name -> (type, shape, bytes) with types as in safetensors files: F32, BF16, I64, ..."""
    head, at = {}, 0
    for name in sorted(tensors):
        kind, shape, raw = tensors[name]
        head[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [at, at + len(raw)]}
        at += len(raw)
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for name in sorted(tensors):
            file.write(tensors[name][2])


def upload(base, token, path):
    """Sends a file unless the gateway has it; returns its reference."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    size = os.path.getsize(path)
    wanted = {"sha256": digest.hexdigest(), "sizeBytes": size, "format": "safetensors", "name": os.path.basename(path)[:256]}
    answer = call(base, token, "POST", "/v1/uploads", wanted)
    if "artifact" in answer:
        return answer["artifact"]
    with open(path, "rb") as file:
        # The address carries its own permission: the key is not sent there.
        send(urllib.request.Request(answer["url"], file, {**answer["headers"], "Content-Length": str(size)}, method=answer["method"]), 600)
    return call(base, token, "POST", f"/v1/uploads/{answer['uploadId']}/complete", {})


def publish(base, token, path, model, source, event_id, **data):
    """Uploads a checkpoint and publishes an event about it; data may be recipe, metrics and tags. Returns the event's key and state."""
    event = {"specversion": "1.0", "type": "io.sparsepipeline.checkpoint.published.v1", "source": source, "id": event_id,
             "data": {"model": model, "checkpoint": upload(base, token, path), **data}}
    return call(base, token, "POST", "/v1/events", event, "application/cloudevents+json")


def tensors_of(module):
    """The state dict of a PyTorch module as write_safetensors takes it."""
    import torch
    return {name: (TYPES[str(value.dtype)], value.shape, value.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes())
            for name, value in module.state_dict().items()}


def callback_base():
    """The callback class of whatever framework is installed; a plain class without one."""
    for module, name in (("lightning.pytorch", "Callback"), ("pytorch_lightning", "Callback"), ("transformers", "TrainerCallback")):
        try:
            return getattr(__import__(module, fromlist=[name]), name)
        except ImportError:
            continue
    return object


class PublishCallback(callback_base()):
    """Publishes the network when its training ends: PyTorch Lightning calls on_fit_end, the Trainer of transformers on_train_end."""

    def __init__(self, base, token, model, source, path="publish.safetensors", **data):
        super().__init__()
        self.to, self.path, self.data = (base, token, model, source), path, data

    def _publish(self, module, step):
        base, token, model, source = self.to
        write_safetensors(self.path, tensors_of(module))
        return publish(base, token, self.path, model, source, f"step-{step}", **self.data)

    def on_fit_end(self, trainer, module):
        if trainer.is_global_zero:
            self._publish(module, trainer.global_step)

    def on_train_end(self, args, state, control=None, model=None, **_):
        # Lightning calls a method of this name, too, with its trainer and module.
        if model is not None and state.is_world_process_zero:
            self._publish(model, state.global_step)


def main(arguments):
    if len(arguments) not in (4, 5):
        sys.exit(__doc__)
    base, key_file, path, model = arguments[:4]
    with open(key_file) as file:
        token = file.read().strip()
    data = {"recipe": arguments[4]} if len(arguments) == 5 else {}
    try:
        answer = publish(base, token, path, model, f"/examples/{model}", os.path.basename(path), **data)
    except Refused as refused:
        sys.exit(f"refused: {refused}")
    print(answer["eventKey"], answer["state"])


if __name__ == "__main__":
    main(sys.argv[1:])
