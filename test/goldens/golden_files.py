"""What the smaller golden scripts share: float64, and files in the form that make_goldens.py gives them."""

import json
import math
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def plain(value):
    """Tensors and arrays as nested lists; -0 as 0."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().numpy())
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        assert math.isfinite(value)
        return float(value) + 0.0
    return value.item() if isinstance(value, np.generic) else value


def save(name, conventions, content):
    made_by = {"script": f"test/goldens/{name}.py", "torch": torch.__version__, "numpy": np.__version__}
    text = json.dumps(plain({"madeBy": made_by, "conventions": conventions, **content}), indent=1)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}.json")
