"""Tiny random checkpoints of Blip2ForImageTextRetrieval, in the manner of cases.py."""

RETRIEVAL_CASES = {
    "plain": {},
    "many-heads": {
        "vision": dict(hidden_size=48, num_attention_heads=6, num_hidden_layers=3, patch_size=16, image_size=64,
                       intermediate_size=80, layer_norm_eps=3e-3),
        "qformer": dict(hidden_size=40, num_attention_heads=5, num_hidden_layers=3, intermediate_size=56,
                        layer_norm_eps=0.2),
        "queries": 7,
        "width": 24,
    },
    # Every layer looks at the picture; one query.
    "always-looking": {
        "qformer": dict(cross_attention_frequency=1, num_attention_heads=8, num_hidden_layers=3),
        "queries": 1,
        "width": 40,
    },
    # Only the first of four layers looks.
    "looking-once-f16": {
        "vision": dict(qkv_bias=False, num_attention_heads=1, hidden_act="relu"),
        "qformer": dict(num_hidden_layers=4, cross_attention_frequency=5, num_attention_heads=1, hidden_act="relu"),
        "dtype": "F16",
        "width": 1,
    },
    "bf16-sharded": {
        "vision": dict(image_size=42, hidden_size=24, num_attention_heads=3, intermediate_size=50),
        "qformer": dict(hidden_size=36, num_attention_heads=3, intermediate_size=44, num_hidden_layers=3,
                        cross_attention_frequency=3),
        "queries": 16,
        "width": 30,
        "dtype": "BF16",
        "shards": 3,
    },
    # As Salesforce/blip2-itm-vit-g was written by transformers 4, with the published epsilons showing: fields at their
    # defaults left out, which are the vocabulary, the positions and the embedding's width.
    "transformers-4-defaults": {
        "vision": dict(layer_norm_eps=1e-6, image_size=28),
        "qformer": dict(layer_norm_eps=1e-12, vocab_size=30522, max_position_embeddings=512, hidden_size=16),
        "exponents": dict(vision=-10, queries=-20, words=-20, qformer=-20),
        "width": 256,
        "layout": 4,
        "shards": 2,
    },
    # The processor's own place-holders of the picture stand before the text and are cut off again.
    "image-token-f16": {
        "qformer": dict(hidden_act="gelu_new", vocab_size=401, max_position_embeddings=57),
        "vision": dict(hidden_act="quick_gelu"),
        "image_token": 400,
        "dtype": "F16",
        "layout": 4,
    },
    # Embeddings and logits that are not small.
    "loud": {
        "qformer": dict(num_hidden_layers=1, layer_norm_eps=1e-5),
        "vision": dict(num_hidden_layers=1),
        "exponents": dict(queries=3, words=2),
        "queries": 12,
        "width": 5,
    },
}

RETRIEVAL_QFORMER = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2,
                         cross_attention_frequency=2, layer_norm_eps=0.5, vocab_size=400, max_position_embeddings=64,
                         use_qformer_text_input=True)

TEXTS = ["", "a", "Two cats lying on a PINK blanket.", "wie heißt das 🍕? Café, naïve!", "a dog and a pizza, " * 6]
