"""A language model of half a megabyte with random weights, and llama.cpp's own server around it.

It obeys any JSON schema, because the server forces it to, and everything it says is noise.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

WIDTH, HEADS, LAYERS, CONTEXT = 64, 4, 2, 32_768
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
BIAS = {b"{": 2.7, b'"': 3.4, b"]": 1.6, b",": 1.5, b"0": 2.5, b"1": 2.3}
"""Lists have entries, strings and lists end some day, and some turn numbers exist. Other ASCII: 2."""
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6


def vocabulary() -> tuple[list[bytes], list[int], list[bool]]:
    """Tokens, their kinds, and whether the model likes to say them.

    Control tokens, every byte, every printable ASCII character (the blank as SentencePiece has it), and
    the beginnings of words that our prompts use, which make the prompts short enough to be quick.
    """
    characters = [chr(code) if code != 32 else "\u2581" for code in range(32, 127)]
    prompts = [file.read_text() for file in files("prompts").iterdir() if file.name.endswith(".yaml")]
    words = {word for word, n in Counter(re.findall("[A-Za-z]{2,}", " ".join(prompts))).items() if n > 3}
    begun = sorted({f"\u2581{word[:end]}" for word in words for end in range(1, len(word) + 1)})
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *characters, *begun]
    kinds = [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256, *[NORMAL] * (len(characters) + len(begun))]
    liked = [259 <= n < 259 + len(characters) for n in range(len(tokens))]
    return [token.encode() for token in tokens], kinds, liked


def write_model(path: Path, seed: int = 8) -> Path:
    """A model file at `path`: always the same for the same seed."""
    from gguf import GGUFWriter

    tokens, kinds, liked = vocabulary()
    writer = GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(2 * WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([float(len(token)) for token in tokens])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(TEMPLATE)
    for name, values in weights(tokens, liked, np.random.default_rng(seed)).items():
        writer.add_tensor(name, values.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def weights(tokens: list[bytes], liked: list[bool], random: np.random.Generator) -> dict[str, np.ndarray]:
    """Random, but for one dimension that is the same for all tokens: it carries the bias to ASCII."""
    embedding = random.normal(0, 0.5, (len(tokens), WIDTH))
    embedding[:, 0] = 4.0
    output = random.normal(0, 0.15, (len(tokens), WIDTH))
    output[:, 0] = [2.0 if like else -4.0 for like in liked]
    for character, bias in BIAS.items():
        output[tokens.index(character), 0] = bias
    out = {
        "token_embd.weight": embedding,
        "output.weight": output,
        "output_norm.weight": np.ones(WIDTH),
    }
    for layer in range(LAYERS):
        for name, shape in {
            "attn_q": (WIDTH, WIDTH),
            "attn_k": (WIDTH, WIDTH),
            "attn_v": (WIDTH, WIDTH),
            "attn_output": (WIDTH, WIDTH),
            "ffn_gate": (2 * WIDTH, WIDTH),
            "ffn_up": (2 * WIDTH, WIDTH),
            "ffn_down": (WIDTH, 2 * WIDTH),
        }.items():
            values = random.normal(0, 0.1, shape)
            if name in ("attn_output", "ffn_down"):
                values[0] = 0.0  # nothing writes to the dimension that carries the bias
            out[f"blk.{layer}.{name}.weight"] = values
        for name in ("attn_norm", "ffn_norm"):
            out[f"blk.{layer}.{name}.weight"] = np.ones(WIDTH)
    return out


def start_server(model: Path, most_tokens: int = 2_000) -> Any:
    """llama.cpp's OpenAI-compatible server in this process, until the object is dropped."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.port = 0
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.n_predict = most_tokens
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.sampling.seed = 11
    parameters.warmup = False
    parameters.verbosity = -1
    parameters.fit_params = False
    return xllamacpp.Server(parameters)
