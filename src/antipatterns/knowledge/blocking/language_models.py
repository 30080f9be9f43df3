"""Language models behind LangChain: each has an asynchronous twin of every method."""

from typing import Final

_TWIN: Final = "the method's a-prefixed twin"
_CHAT_MODELS: Final[tuple[str, ...]] = (
    *("langchain_openai.ChatOpenAI", "langchain_openai.AzureChatOpenAI", "langchain_anthropic.ChatAnthropic"),
    *("langchain_google_genai.ChatGoogleGenerativeAI", "langchain_google_vertexai.ChatVertexAI"),
    *("langchain_aws.ChatBedrock", "langchain_aws.ChatBedrockConverse", "langchain_groq.ChatGroq"),
    *("langchain_mistralai.ChatMistralAI", "langchain_ollama.ChatOllama", "langchain_cohere.ChatCohere"),
    *("langchain_deepseek.ChatDeepSeek", "langchain_xai.ChatXAI", "langchain_fireworks.ChatFireworks"),
    *("langchain_together.ChatTogether", "langchain_perplexity.ChatPerplexity", "langchain_litellm.ChatLiteLLM"),
    *("langchain_nvidia_ai_endpoints.ChatNVIDIA", "langchain_huggingface.ChatHuggingFace"),
    *(
        "langchain.chat_models.ChatOpenAI",
        "langchain.chat_models.AzureChatOpenAI",
        "langchain.chat_models.ChatAnthropic",
    ),
    *("langchain_community.chat_models.ChatOpenAI", "langchain_community.chat_models.ChatOllama"),
    *("langchain_community.chat_models.ChatLiteLLM", "langchain_community.chat_models.ChatAnthropic"),
)
_TEXT_MODELS: Final[tuple[str, ...]] = (
    *("langchain_openai.OpenAI", "langchain_openai.AzureOpenAI", "langchain_ollama.OllamaLLM", "langchain.llms.OpenAI"),
    *("langchain_aws.BedrockLLM", "langchain_google_genai.GoogleGenerativeAI", "langchain_community.llms.Ollama"),
    *("langchain_huggingface.HuggingFaceEndpoint", "langchain_community.llms.OpenAI"),
)
_EMBEDDINGS: Final[tuple[str, ...]] = (
    *(
        "langchain_openai.OpenAIEmbeddings",
        "langchain_openai.AzureOpenAIEmbeddings",
        "langchain_ollama.OllamaEmbeddings",
    ),
    *("langchain_google_genai.GoogleGenerativeAIEmbeddings", "langchain_google_vertexai.VertexAIEmbeddings"),
    *(
        "langchain_aws.BedrockEmbeddings",
        "langchain_cohere.CohereEmbeddings",
        "langchain_mistralai.MistralAIEmbeddings",
    ),
    *("langchain.embeddings.OpenAIEmbeddings", "langchain_community.embeddings.OpenAIEmbeddings"),
    *("langchain_huggingface.HuggingFaceEndpointEmbeddings", "langchain_community.embeddings.OllamaEmbeddings"),
)
_CHAT: Final = "langchain_core.language_models.BaseChatModel"
_TEXT: Final = "langchain_core.language_models.BaseLLM"
_BOUND: Final = ("bind", "bind_tools", "bind_functions", "with_structured_output", "with_config", "with_retry")

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    _CHAT: (("http", _TWIN, "invoke batch generate generate_prompt predict predict_messages"),),
    _TEXT: (("http", _TWIN, "invoke batch generate generate_prompt predict predict_messages"),),
    "langchain_core.embeddings.Embeddings": (("http", _TWIN, "embed_query embed_documents"),),
}

RETURNS: Final[dict[str, str]] = {
    "langchain.chat_models.init_chat_model": _CHAT,
    **{f"{model}.{method}": model for model in (_CHAT, _TEXT) for method in _BOUND},
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(_CHAT_MODELS, (_CHAT,)),
    **dict.fromkeys(_TEXT_MODELS, (_TEXT,)),
    **dict.fromkeys(_EMBEDDINGS, ("langchain_core.embeddings.Embeddings",)),
}

ALIASES: Final[dict[str, str]] = {
    "langchain_openai.chat_models.ChatOpenAI": "langchain_openai.ChatOpenAI",
    "langchain_openai.chat_models.base.ChatOpenAI": "langchain_openai.ChatOpenAI",
    "langchain_core.language_models.chat_models.BaseChatModel": _CHAT,
    "langchain_core.language_models.llms.BaseLLM": _TEXT,
    "langchain_core.embeddings.embeddings.Embeddings": "langchain_core.embeddings.Embeddings",
    "langchain.chat_models.base.init_chat_model": "langchain.chat_models.init_chat_model",
    "langchain.chat_models.openai.ChatOpenAI": "langchain.chat_models.ChatOpenAI",
}
