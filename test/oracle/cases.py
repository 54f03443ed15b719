"""The tiny random checkpoints that goldens are made of: each differs from the others in what a graph could get wrong."""

# Epsilons are large beside the variances that `exponents` make, so that a wrong one shows.
CASES = {
    "plain": {},
    "many-heads-16px": {
        "vision": dict(hidden_size=48, num_attention_heads=6, num_hidden_layers=3, patch_size=16, image_size=64,
                       intermediate_size=80, layer_norm_eps=3e-3),
        "qformer": dict(hidden_size=40, num_attention_heads=5, num_hidden_layers=3, intermediate_size=56,
                        cross_attention_frequency=2, layer_norm_eps=0.2),
        "text": dict(hidden_size=32, num_attention_heads=8, num_hidden_layers=3, ffn_dim=72),
        "queries": 7,
    },
    "no-qkv-bias-f16": {
        "vision": dict(qkv_bias=False, num_attention_heads=1, hidden_act="relu"),
        "qformer": dict(num_hidden_layers=4, cross_attention_frequency=3, hidden_act="relu"),
        "text": dict(num_attention_heads=2, activation_function="gelu"),
        "dtype": "F16",
    },
    "bf16-sharded": {
        "vision": dict(image_size=42, patch_size=14, hidden_size=24, num_attention_heads=3, intermediate_size=50),
        "qformer": dict(hidden_size=36, num_attention_heads=3, intermediate_size=44, cross_attention_frequency=1),
        "text": dict(hidden_size=28, num_attention_heads=7, num_hidden_layers=2, ffn_dim=60),
        "queries": 16,
        "dtype": "BF16",
        "shards": 3,
    },
    # What the Hub's checkpoints look like: written by transformers 4, fields at their defaults left out.
    "transformers-4-defaults": {
        "vision": dict(layer_norm_eps=1e-6, patch_size=14, image_size=28),
        "qformer": dict(layer_norm_eps=1e-12, cross_attention_frequency=2, num_hidden_layers=3),
        "exponents": dict(vision=-10, queries=-20),
        "layout": 4,
    },
    # The published epsilons beside hidden states so small that each layer norm's shows: one thousandth of it is seen.
    "published-epsilons": {
        "vision": dict(layer_norm_eps=1e-6),
        "qformer": dict(layer_norm_eps=1e-12, num_hidden_layers=2),
        "text": dict(tie_word_embeddings=False),
        "exponents": dict(vision=-10, queries=-20, qformer=-20),
    },
    "transformers-4-sharded-f16": {
        "vision": dict(image_size=30, patch_size=7, hidden_act="gelu_new", layer_norm_eps=0.05),
        "qformer": dict(hidden_act="gelu_new"),
        "text": dict(tie_word_embeddings=False, activation_function="gelu_new"),
        "dtype": "F16",
        "shards": 2,
        "layout": 4,
    },
    "untied-head": {
        "text": dict(tie_word_embeddings=False, bos_token_id=5, max_position_embeddings=300),
        "queries": 1,
        "new_tokens": 80,
    },
    "post-norm-projected": {
        "text": dict(do_layer_norm_before=False, hidden_size=40, word_embed_proj_dim=24, num_attention_heads=5),
        "exponents": dict(text=-2),
    },
    "no-bias-no-affine": {
        "text": dict(enable_bias=False, layer_norm_elementwise_affine=False, activation_function="silu"),
        "vision": dict(hidden_act="quick_gelu"),
    },
    "no-final-norm": {
        "text": dict(_remove_final_layer_norm=True, activation_function="gelu_new"),
        "qformer": dict(layer_norm_eps=1.5),
    },
    "list-of-eos": {"text": dict(num_hidden_layers=1), "stops": True},
}

VISION = dict(hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, image_size=56,
              patch_size=14, layer_norm_eps=1e-2)
QFORMER = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2,
               cross_attention_frequency=2, layer_norm_eps=0.5, vocab_size=64, max_position_embeddings=32)
TEXT = dict(hidden_size=32, ffn_dim=64, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=512,
            vocab_size=1200, bos_token_id=2, eos_token_id=202, pad_token_id=1)
# Rough sizes of hidden states, as powers of two.
EXPONENTS = dict(vision=-3, queries=-1, text=-8)

LONG = "Question: What is in the picture? Answer: a dog and a pizza on a blue background. " * 9
PROMPTS = ["", "a", "Question: What is this? Answer:", "Frage: wie heißt das 🍕? Answer:", LONG + "Question: And? Answer:"]
