"""Calls the shipped callback as PyTorch Lightning and the Trainer of transformers call theirs, with a real network; prints what it holds.

Neither framework is a package of Debian, so their loops are not run: only the calls that their documentation promises.
"""
import importlib.util
import json
import sys
import types

import torch

spec = importlib.util.spec_from_file_location("sparsepipeline_publish", sys.argv[1])
publishing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(publishing)
gateway, key_file, path = sys.argv[2:]
with open(key_file) as file:
    token = file.read().strip()

torch.manual_seed(1)
network = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 2).to(torch.bfloat16))
network.register_buffer("seen", torch.tensor([True, False]))
callback = publishing.PublishCallback(gateway, token, "digits", "/trainings/torch", path=path, metrics={"accuracy": 0.5})

other = types.SimpleNamespace(is_global_zero=False, global_step=7)
callback.on_fit_end(other, network)
callback.on_fit_end(types.SimpleNamespace(is_global_zero=True, global_step=7), network)
callback.on_train_end(types.SimpleNamespace(is_global_zero=True, global_step=7), network)
callback.on_train_end(None, types.SimpleNamespace(is_world_process_zero=False, global_step=9), None, model=network)
callback.on_train_end(None, types.SimpleNamespace(is_world_process_zero=True, global_step=9), None, model=network)
bits = {name: (value.view(torch.int16) if value.dtype == torch.bfloat16 else value).detach().numpy() for name, value in network.state_dict().items()}
print(json.dumps({name: [list(value.shape), value.tobytes().hex()] for name, value in bits.items()}))
