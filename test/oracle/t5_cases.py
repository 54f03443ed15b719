"""Tiny random checkpoints with T5, in the manner of cases.py."""

T5_CASES = {
    # As Salesforce/blip2-flan-t5-xl is configured: exact GELU although feed_forward_proj says gelu_new, head of its own.
    "t5-gated-untied": {
        "text": dict(feed_forward_proj="gated-gelu", dense_act_fn="gelu", is_gated_act=True, tie_word_embeddings=False,
                     num_decoder_layers=3),
        "own_head": True,
    },
    # As the first T5: ReLU, and the word table for a head, before which hidden states are scaled.
    "t5-plain-tied": {
        "text": dict(feed_forward_proj="relu", num_heads=3, d_kv=10, num_layers=1, num_decoder_layers=2),
        "new_tokens": 30,
    },
    # As transformers 4 wrote it: fields at their defaults left out, all copies of the word table stored.
    "t5-transformers-4-f16": {
        "text": dict(feed_forward_proj="gated-gelu", tie_word_embeddings=False, num_heads=8, d_kv=4, num_layers=3,
                     num_decoder_layers=1, layer_norm_epsilon=1e-6, relative_attention_num_buckets=32,
                     relative_attention_max_distance=128),
        "exponents": dict(text=-10),
        "own_head": True,
        "copies": ["encoder.embed_tokens", "decoder.embed_tokens"],
        "dtype": "F16",
        "shards": 2,
        "layout": 4,
    },
    "t5-bf16-sharded": {
        "text": dict(feed_forward_proj="gated-silu", d_model=24, num_heads=5, d_kv=7, d_ff=40, tie_word_embeddings=False,
                     relative_attention_num_buckets=10, relative_attention_max_distance=40),
        "queries": 13,
        "dtype": "BF16",
        "shards": 3,
    },
    # The answer grows longer than the largest distance, and passes the cache's first chunk.
    "t5-long-answer": {
        "text": dict(feed_forward_proj="gated-gelu", num_heads=2, d_kv=24, relative_attention_num_buckets=12,
                     relative_attention_max_distance=21, layer_norm_epsilon=5e-5, eos_token_id=None),
        "new_tokens": 90,
        "queries": 1,
    },
    # Only the decoder's copy of the word table is stored; the answer's first token is none that others start with.
    "t5-decoder-words-only": {
        "text": dict(feed_forward_proj="gelu", relative_attention_num_buckets=7, relative_attention_max_distance=9,
                     decoder_start_token_id=9, bos_token_id=6, d_kv=5, num_heads=6),
        "shared_as": "decoder.embed_tokens",
    },
    # The feed-forward's way back holds and makes numbers that f16 cannot.
    "t5-overflowing": {
        "text": dict(feed_forward_proj="gated-gelu", tie_word_embeddings=False, num_decoder_layers=1),
        "own_head": True,
        "feed_forward_exponent": 20,
    },
    # Three tables of words that differ, as a decoder with words of its own has them.
    "t5-own-answer-words": {
        "text": dict(feed_forward_proj="quick_gelu", tie_word_embeddings=False, num_heads=1, d_kv=16),
        "own_head": True,
        "own_copies": ["encoder.embed_tokens", "decoder.embed_tokens"],
        "stops": True,
    },
}

T5_TEXT = dict(d_model=32, d_kv=12, d_ff=48, num_layers=2, num_heads=4, relative_attention_num_buckets=16,
               relative_attention_max_distance=60, layer_norm_epsilon=2e-5, vocab_size=512, pad_token_id=0,
               eos_token_id=1, bos_token_id=1, decoder_start_token_id=0)

# What the tokenizer learns from: English for the prompts, and letters that become several pieces.
CORPUS = """question: what is in the picture? answer: a dog and a cat on a red background
Question: What color is the sky behind it? Answer: blue and white
Question: Is there a pizza in the photo? Answer: yes, there are two of them, and a bottle of water.
this is a picture of a rocket, a bee and three strawberries on the table in front of a window
How many people are standing there? One man, one woman and four children are walking along the street.
Where was this photo taken? In a park near the river, on a sunny day, under green trees.
Frage: wie heißt das? Antwort: ein großer Hund läuft über die Straße, café, naïve, 2026, 13:45, $7.50 (50%)
a photograph of an old train at the station, black smoke above the engine, people waiting with their bags
The quick brown fox jumps over the lazy dog; "why?" she asked - and nobody answered!"""
