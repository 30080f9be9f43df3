"""Synchronous clients of hosted language models, with their nested resources."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    # The client of the module itself; the capitalised ones are those before version 1.
    "openai.chat.completions.create": ("http", "openai.AsyncOpenAI"),
    "openai.embeddings.create": ("http", "openai.AsyncOpenAI"),
    "openai.completions.create": ("http", "openai.AsyncOpenAI"),
    "openai.images.generate": ("http", "openai.AsyncOpenAI"),
    "openai.responses.create": ("http", "openai.AsyncOpenAI"),
    "openai.moderations.create": ("http", "openai.AsyncOpenAI"),
    "openai.models.list": ("http", "openai.AsyncOpenAI"),
    "openai.ChatCompletion.create": ("http", "openai.AsyncOpenAI"),
    "openai.Completion.create": ("http", "openai.AsyncOpenAI"),
    "openai.Embedding.create": ("http", "openai.AsyncOpenAI"),
    "openai.Image.create": ("http", "openai.AsyncOpenAI"),
    "openai.Moderation.create": ("http", "openai.AsyncOpenAI"),
    "ollama.chat": ("http", "ollama.AsyncClient"),
    "ollama.generate": ("http", "ollama.AsyncClient"),
    "ollama.embed": ("http", "ollama.AsyncClient"),
    "ollama.embeddings": ("http", "ollama.AsyncClient"),
    "ollama.pull": ("http", "ollama.AsyncClient"),
    "ollama.push": ("http", "ollama.AsyncClient"),
    "ollama.create": ("http", "ollama.AsyncClient"),
    "ollama.delete": ("http", "ollama.AsyncClient"),
    "ollama.list": ("http", "ollama.AsyncClient"),
    "ollama.copy": ("http", "ollama.AsyncClient"),
    "ollama.show": ("http", "ollama.AsyncClient"),
    "ollama.ps": ("http", "ollama.AsyncClient"),
    "litellm.completion": ("http", "litellm.acompletion"),
    "litellm.completion_with_retries": ("http", "litellm.acompletion"),
    "litellm.embedding": ("http", "litellm.aembedding"),
    "litellm.text_completion": ("http", "litellm.atext_completion"),
    "litellm.image_generation": ("http", "litellm.aimage_generation"),
    "litellm.moderation": ("http", "litellm.amoderation"),
    "litellm.transcription": ("http", "litellm.atranscription"),
    "litellm.speech": ("http", "litellm.aspeech"),
    "litellm.rerank": ("http", "litellm.arerank"),
    "huggingface_hub.hf_hub_download": ("http", "asyncio.to_thread"),
    "huggingface_hub.snapshot_download": ("http", "asyncio.to_thread"),
    "huggingface_hub.upload_file": ("http", "asyncio.to_thread"),
    "huggingface_hub.upload_folder": ("http", "asyncio.to_thread"),
    "replicate.run": ("http", "replicate.async_run"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "openai.resources.chat.completions.Completions": (
        ("http", "openai.AsyncOpenAI", "create parse stream retrieve update list delete"),
    ),
    "openai.resources.Completions": (("http", "openai.AsyncOpenAI", "create"),),
    "openai.resources.Embeddings": (("http", "openai.AsyncOpenAI", "create"),),
    "openai.resources.responses.Responses": (
        ("http", "openai.AsyncOpenAI", "create parse stream retrieve delete cancel compact"),
    ),
    "openai.resources.Images": (("http", "openai.AsyncOpenAI", "generate edit create_variation"),),
    "openai.resources.Files": (
        (
            "http",
            "openai.AsyncOpenAI",
            "create retrieve list delete content retrieve_content wait_for_processing",
        ),
    ),
    "openai.resources.Models": (("http", "openai.AsyncOpenAI", "retrieve list delete"),),
    "openai.resources.Moderations": (("http", "openai.AsyncOpenAI", "create"),),
    "openai.resources.Batches": (("http", "openai.AsyncOpenAI", "create retrieve list cancel"),),
    "openai.resources.audio.Speech": (("http", "openai.AsyncOpenAI", "create"),),
    "openai.resources.audio.Transcriptions": (("http", "openai.AsyncOpenAI", "create"),),
    "openai.resources.audio.Translations": (("http", "openai.AsyncOpenAI", "create"),),
    "openai.resources.fine_tuning.jobs.Jobs": (
        ("http", "openai.AsyncOpenAI", "create retrieve list cancel list_events pause resume"),
    ),
    "openai.resources.vector_stores.VectorStores": (
        ("http", "openai.AsyncOpenAI", "create retrieve update list delete search"),
    ),
    "openai.resources.vector_stores.Files": (
        (
            "http",
            "openai.AsyncOpenAI",
            ("create retrieve update list delete content create_and_poll upload upload_and_poll poll"),
        ),
    ),
    "openai.resources.vector_stores.FileBatches": (
        (
            "http",
            "openai.AsyncOpenAI",
            "create retrieve cancel list_files create_and_poll upload_and_poll poll",
        ),
    ),
    "openai.resources.conversations.Conversations": (("http", "openai.AsyncOpenAI", "create retrieve update delete"),),
    "openai.resources.conversations.Items": (("http", "openai.AsyncOpenAI", "create retrieve list delete"),),
    "openai.resources.beta.Assistants": (("http", "openai.AsyncOpenAI", "create retrieve update list delete"),),
    "openai.resources.beta.threads.Threads": (
        (
            "http",
            "openai.AsyncOpenAI",
            ("create retrieve update delete create_and_run create_and_run_poll create_and_run_stream"),
        ),
    ),
    "openai.resources.beta.threads.Messages": (("http", "openai.AsyncOpenAI", "create retrieve update list delete"),),
    "openai.resources.beta.threads.runs.Runs": (
        (
            "http",
            "openai.AsyncOpenAI",
            (
                "create retrieve update list cancel create_and_poll create_and_stream poll stream "
                "submit_tool_outputs submit_tool_outputs_and_poll submit_tool_outputs_stream"
            ),
        ),
    ),
    "anthropic.resources.messages.Messages": (("http", "anthropic.AsyncAnthropic", "create parse count_tokens"),),
    "anthropic.resources.messages.Batches": (
        ("http", "anthropic.AsyncAnthropic", "create retrieve list delete cancel results"),
    ),
    "anthropic.resources.Models": (("http", "anthropic.AsyncAnthropic", "retrieve list"),),
    "anthropic.resources.beta.messages.Messages": (("http", "anthropic.AsyncAnthropic", "create parse count_tokens"),),
    "anthropic.resources.beta.messages.Batches": (
        ("http", "anthropic.AsyncAnthropic", "create retrieve list delete cancel results"),
    ),
    "anthropic.resources.beta.Models": (("http", "anthropic.AsyncAnthropic", "retrieve list"),),
    "anthropic.resources.beta.Files": (
        ("http", "anthropic.AsyncAnthropic", "list delete download retrieve_metadata upload"),
    ),
    # `messages.stream` sends its request when the `with` block is entered.
    "anthropic.MessageStreamManager": (("http", "anthropic.AsyncAnthropic", "__enter__"),),
    "anthropic.MessageStream": (
        ("http", "anthropic.AsyncAnthropic", "get_final_message get_final_text until_done __iter__"),
    ),
    "groq.resources.chat.completions.Completions": (("http", "groq.AsyncGroq", "create"),),
    "groq.resources.Embeddings": (("http", "groq.AsyncGroq", "create"),),
    "groq.resources.Models": (("http", "groq.AsyncGroq", "retrieve list delete"),),
    "groq.resources.audio.Speech": (("http", "groq.AsyncGroq", "create"),),
    "groq.resources.audio.Transcriptions": (("http", "groq.AsyncGroq", "create"),),
    "groq.resources.audio.Translations": (("http", "groq.AsyncGroq", "create"),),
    "openai.OpenAI": (("http", "openai.AsyncOpenAI", "request get post patch put delete"),),
    "anthropic.Anthropic": (("http", "anthropic.AsyncAnthropic", "request get post patch put delete"),),
    "groq.Groq": (("http", "groq.AsyncGroq", "request get post patch put delete"),),
    "ollama.Client": (
        (
            "http",
            "ollama.AsyncClient",
            ("chat generate embed embeddings pull push create delete list copy show ps web_search web_fetch"),
        ),
    ),
    "cohere.Client": (
        (
            "http",
            "cohere.AsyncClient",
            ("chat generate embed rerank classify summarize tokenize detokenize check_api_key chat_stream"),
        ),
    ),
    "cohere.ClientV2": (("http", "cohere.AsyncClientV2", "chat embed rerank chat_stream tokenize detokenize"),),
    "mistralai.client.chat.Chat": (("http", "the method's _async twin", "complete parse stream parse_stream"),),
    "mistralai.client.embeddings.Embeddings": (("http", "the method's _async twin", "create"),),
    "google.genai.models.Models": (
        (
            "http",
            "client.aio.models",
            (
                "generate_content generate_content_stream embed_content count_tokens "
                "generate_images generate_videos edit_image upscale_image get list update delete "
                "compute_tokens"
            ),
        ),
    ),
    "google.generativeai.GenerativeModel": (("http", "generate_content_async", "generate_content count_tokens"),),
    "huggingface_hub.InferenceClient": (
        (
            "http",
            "huggingface_hub.AsyncInferenceClient",
            (
                "chat_completion text_generation feature_extraction text_to_image image_to_text "
                "image_to_image summarization translation text_classification token_classification "
                "question_answering fill_mask sentence_similarity automatic_speech_recognition "
                "text_to_speech image_classification object_detection zero_shot_classification "
                "visual_question_answering"
            ),
        ),
    ),
}

RETURNS: Final[dict[str, str]] = {
    "anthropic.resources.messages.Messages.stream": "anthropic.MessageStreamManager",
    "anthropic.resources.beta.messages.Messages.stream": "anthropic.MessageStreamManager",
    "anthropic.MessageStreamManager.__enter__": "anthropic.MessageStream",
    "openai.OpenAI.with_options": "openai.OpenAI",
    "openai.OpenAI.copy": "openai.OpenAI",
    "anthropic.Anthropic.with_options": "anthropic.Anthropic",
    "anthropic.Anthropic.copy": "anthropic.Anthropic",
    "groq.Groq.with_options": "groq.Groq",
    "groq.Groq.copy": "groq.Groq",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "openai.OpenAI.chat": "openai.resources.chat.Chat",
    "openai.resources.chat.Chat.completions": "openai.resources.chat.completions.Completions",
    "openai.OpenAI.completions": "openai.resources.Completions",
    "openai.OpenAI.embeddings": "openai.resources.Embeddings",
    "openai.OpenAI.responses": "openai.resources.responses.Responses",
    "openai.OpenAI.images": "openai.resources.Images",
    "openai.OpenAI.files": "openai.resources.Files",
    "openai.OpenAI.models": "openai.resources.Models",
    "openai.OpenAI.moderations": "openai.resources.Moderations",
    "openai.OpenAI.batches": "openai.resources.Batches",
    "openai.OpenAI.audio": "openai.resources.audio.Audio",
    "openai.resources.audio.Audio.speech": "openai.resources.audio.Speech",
    "openai.resources.audio.Audio.transcriptions": "openai.resources.audio.Transcriptions",
    "openai.resources.audio.Audio.translations": "openai.resources.audio.Translations",
    "openai.OpenAI.fine_tuning": "openai.resources.fine_tuning.FineTuning",
    "openai.resources.fine_tuning.FineTuning.jobs": "openai.resources.fine_tuning.jobs.Jobs",
    "openai.OpenAI.vector_stores": "openai.resources.vector_stores.VectorStores",
    "openai.resources.vector_stores.VectorStores.files": "openai.resources.vector_stores.Files",
    "openai.resources.vector_stores.VectorStores.file_batches": "openai.resources.vector_stores.FileBatches",
    "openai.OpenAI.conversations": "openai.resources.conversations.Conversations",
    "openai.resources.conversations.Conversations.items": "openai.resources.conversations.Items",
    "openai.OpenAI.beta": "openai.resources.beta.Beta",
    "openai.resources.beta.Beta.assistants": "openai.resources.beta.Assistants",
    "openai.resources.beta.Beta.threads": "openai.resources.beta.threads.Threads",
    "openai.resources.beta.threads.Threads.messages": "openai.resources.beta.threads.Messages",
    "openai.resources.beta.threads.Threads.runs": "openai.resources.beta.threads.runs.Runs",
    "anthropic.Anthropic.messages": "anthropic.resources.messages.Messages",
    "anthropic.resources.messages.Messages.batches": "anthropic.resources.messages.Batches",
    "anthropic.Anthropic.models": "anthropic.resources.Models",
    "anthropic.Anthropic.beta": "anthropic.resources.beta.Beta",
    "anthropic.resources.beta.Beta.messages": "anthropic.resources.beta.messages.Messages",
    "anthropic.resources.beta.messages.Messages.batches": "anthropic.resources.beta.messages.Batches",
    "anthropic.resources.beta.Beta.models": "anthropic.resources.beta.Models",
    "anthropic.resources.beta.Beta.files": "anthropic.resources.beta.Files",
    "groq.Groq.chat": "groq.resources.chat.Chat",
    "groq.resources.chat.Chat.completions": "groq.resources.chat.completions.Completions",
    "groq.Groq.embeddings": "groq.resources.Embeddings",
    "groq.Groq.models": "groq.resources.Models",
    "groq.Groq.audio": "groq.resources.audio.Audio",
    "groq.resources.audio.Audio.speech": "groq.resources.audio.Speech",
    "groq.resources.audio.Audio.transcriptions": "groq.resources.audio.Transcriptions",
    "groq.resources.audio.Audio.translations": "groq.resources.audio.Translations",
    "mistralai.Mistral.chat": "mistralai.client.chat.Chat",
    "mistralai.Mistral.embeddings": "mistralai.client.embeddings.Embeddings",
    "google.genai.Client.models": "google.genai.models.Models",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "openai.AzureOpenAI": ("openai.OpenAI",),
    "langfuse.openai.OpenAI": ("openai.OpenAI",),
    "anthropic.AnthropicBedrock": ("anthropic.Anthropic",),
    "anthropic.AnthropicVertex": ("anthropic.Anthropic",),
}

ALIASES: Final[dict[str, str]] = {
    "openai._client.OpenAI": "openai.OpenAI",
    "openai.Client": "openai.OpenAI",
    "openai._client.Client": "openai.OpenAI",
    "anthropic._client.Anthropic": "anthropic.Anthropic",
    "anthropic.Client": "anthropic.Anthropic",
    "anthropic._client.Client": "anthropic.Anthropic",
    "groq._client.Groq": "groq.Groq",
    "groq.Client": "groq.Groq",
    "groq._client.Client": "groq.Groq",
    "openai.lib.azure.AzureOpenAI": "openai.AzureOpenAI",
    "langfuse.openai.AzureOpenAI": "openai.AzureOpenAI",
    "openai.resources.chat.chat.Chat": "openai.resources.chat.Chat",
    "openai.resources.Chat": "openai.resources.chat.Chat",
    "openai.resources.audio.audio.Audio": "openai.resources.audio.Audio",
    "openai.resources.Audio": "openai.resources.audio.Audio",
    "openai.resources.responses.responses.Responses": "openai.resources.responses.Responses",
    "openai.resources.Responses": "openai.resources.responses.Responses",
    "openai.resources.fine_tuning.fine_tuning.FineTuning": "openai.resources.fine_tuning.FineTuning",
    "openai.resources.FineTuning": "openai.resources.fine_tuning.FineTuning",
    "openai.resources.vector_stores.vector_stores.VectorStores": ("openai.resources.vector_stores.VectorStores"),
    "openai.resources.VectorStores": "openai.resources.vector_stores.VectorStores",
    "openai.resources.conversations.conversations.Conversations": ("openai.resources.conversations.Conversations"),
    "openai.resources.Conversations": "openai.resources.conversations.Conversations",
    "openai.resources.chat.completions.completions.Completions": ("openai.resources.chat.completions.Completions"),
    "openai.resources.chat.Completions": "openai.resources.chat.completions.Completions",
    "openai.resources.embeddings.Embeddings": "openai.resources.Embeddings",
    "openai.resources.images.Images": "openai.resources.Images",
    "openai.resources.files.Files": "openai.resources.Files",
    "openai.resources.models.Models": "openai.resources.Models",
    "openai.resources.moderations.Moderations": "openai.resources.Moderations",
    "openai.resources.batches.Batches": "openai.resources.Batches",
    "openai.resources.completions.Completions": "openai.resources.Completions",
    "openai.resources.audio.speech.Speech": "openai.resources.audio.Speech",
    "openai.resources.audio.transcriptions.Transcriptions": "openai.resources.audio.Transcriptions",
    "openai.resources.audio.translations.Translations": "openai.resources.audio.Translations",
    "anthropic.resources.messages.messages.Messages": "anthropic.resources.messages.Messages",
    "anthropic.resources.Messages": "anthropic.resources.messages.Messages",
    "anthropic.resources.beta.messages.messages.Messages": "anthropic.resources.beta.messages.Messages",
    "openai.resources.vector_stores.files.Files": "openai.resources.vector_stores.Files",
    "openai.resources.vector_stores.file_batches.FileBatches": "openai.resources.vector_stores.FileBatches",
    "openai.resources.conversations.items.Items": "openai.resources.conversations.Items",
    "openai.resources.fine_tuning.jobs.jobs.Jobs": "openai.resources.fine_tuning.jobs.Jobs",
    "openai.resources.beta.assistants.Assistants": "openai.resources.beta.Assistants",
    "openai.resources.beta.threads.threads.Threads": "openai.resources.beta.threads.Threads",
    "openai.resources.beta.threads.messages.Messages": "openai.resources.beta.threads.Messages",
    "openai.resources.beta.threads.runs.runs.Runs": "openai.resources.beta.threads.runs.Runs",
    "openai.resources.beta.beta.Beta": "openai.resources.beta.Beta",
    "anthropic.resources.models.Models": "anthropic.resources.Models",
    "groq.resources.Chat": "groq.resources.chat.Chat",
    "groq.resources.chat.chat.Chat": "groq.resources.chat.Chat",
    "groq.resources.chat.Completions": "groq.resources.chat.completions.Completions",
    "ollama._client.Client": "ollama.Client",
    "litellm.main": "litellm",
    "cohere.client.Client": "cohere.Client",
    "cohere.client_v2.ClientV2": "cohere.ClientV2",
    "mistralai.client.Mistral": "mistralai.Mistral",
    "mistralai.client.sdk.Mistral": "mistralai.Mistral",
    "mistralai.sdk.Mistral": "mistralai.Mistral",
    "mistralai.chat.Chat": "mistralai.client.chat.Chat",
    "mistralai.embeddings.Embeddings": "mistralai.client.embeddings.Embeddings",
    "google.genai.client.Client": "google.genai.Client",
    "google.generativeai.generative_models.GenerativeModel": "google.generativeai.GenerativeModel",
    "huggingface_hub.inference._client.InferenceClient": "huggingface_hub.InferenceClient",
    "huggingface_hub.file_download.hf_hub_download": "huggingface_hub.hf_hub_download",
    "huggingface_hub._snapshot_download.snapshot_download": "huggingface_hub.snapshot_download",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    "litellm.completion": ((-1, "mock_response", ...),),
}
