"""Libraries for sound, video, pictures, documents, maps and models: they run programs, read and write whole files."""

from typing import Final

_RECOGNIZE = (
    "recognize_google recognize_google_cloud recognize_azure recognize_bing recognize_ibm recognize_wit "
    "recognize_houndify recognize_amazon recognize_whisper_api recognize_groq recognize_openai"
)

_READERS = (
    *("xarray.open_dataset", "xarray.open_mfdataset", "netCDF4.Dataset", "rasterio.open", "fiona.open"),
    *("geopandas.read_file", "geopandas.read_parquet", "onnxruntime.InferenceSession", "torch.hub.load"),
    *("keras.models.load_model", "keras.saving.load_model", "tensorflow.keras.models.load_model"),
    *("tensorflow.saved_model.load", "diffusers.DiffusionPipeline.from_pretrained", "pandas.ExcelFile"),
    *("gensim.models.KeyedVectors.load", "gensim.models.KeyedVectors.load_word2vec_format"),
)

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    **{
        f"pytesseract.{name}": ("subprocess", "asyncio.to_thread")
        for name in (
            *("image_to_string", "image_to_data", "image_to_boxes", "image_to_osd", "image_to_pdf_or_hocr"),
            *("image_to_alto_xml", "run_and_get_output", "run_and_get_multiple_output", "get_languages"),
            "get_tesseract_version",
        )
    },
    "ffmpeg.run": ("subprocess", "asyncio.create_subprocess_exec"),
    "ffmpeg.probe": ("subprocess", "asyncio.create_subprocess_exec"),
    "pydub.AudioSegment.from_file": ("subprocess", "asyncio.to_thread"),
    "pydub.AudioSegment.from_mp3": ("subprocess", "asyncio.to_thread"),
    "pydub.AudioSegment.from_ogg": ("subprocess", "asyncio.to_thread"),
    "pydub.AudioSegment.from_flv": ("subprocess", "asyncio.to_thread"),
    "pydub.playback.play": ("subprocess", "asyncio.to_thread"),
    "nltk.download": ("http", "asyncio.to_thread"),
    **dict.fromkeys(_READERS, ("file", "asyncio.to_thread")),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "ffmpeg.Stream": (("subprocess", "asyncio.create_subprocess_exec", "run"),),
    "pydub.AudioSegment": (("subprocess", "asyncio.to_thread", "export"),),
    "gtts.gTTS": (("http", "asyncio.to_thread", "save write_to_fp"),),
    "pyttsx3.Engine": (("sleep", "asyncio.to_thread", "runAndWait"),),
    "speech_recognition.Recognizer": (
        ("http", "asyncio.to_thread", _RECOGNIZE),
        ("file", "asyncio.to_thread", "listen record adjust_for_ambient_noise"),
    ),
    "docx.Document": (("file", "asyncio.to_thread", "save"),),
    "pptx.Presentation": (("file", "asyncio.to_thread", "save"),),
}

RETURNS: Final[dict[str, str]] = {
    "ffmpeg.input": "ffmpeg.Stream",
    **{
        f"ffmpeg.Stream.{name}": "ffmpeg.Stream"
        for name in (
            *("output", "filter", "filter_", "overwrite_output", "global_args", "hflip", "vflip", "trim"),
            *("setpts", "overlay", "drawtext", "drawbox", "crop", "zoompan", "hue", "colorchannelmixer", "concat"),
        )
    },
    "pydub.AudioSegment.from_file": "pydub.AudioSegment",
    "pydub.AudioSegment.from_mp3": "pydub.AudioSegment",
    "pydub.AudioSegment.from_wav": "pydub.AudioSegment",
    "pydub.AudioSegment.from_ogg": "pydub.AudioSegment",
    "pydub.AudioSegment.from_flv": "pydub.AudioSegment",
    "pyttsx3.init": "pyttsx3.Engine",
    "docx.Document": "docx.Document",
    "pptx.Presentation": "pptx.Presentation",
}

ALIASES: Final[dict[str, str]] = {
    "pytesseract.pytesseract": "pytesseract",
    "pydub.audio_segment.AudioSegment": "pydub.AudioSegment",
    "pyttsx3.engine.Engine": "pyttsx3.Engine",
    "gtts.tts.gTTS": "gtts.gTTS",
    "docx.document.Document": "docx.Document",
    "pptx.presentation.Presentation": "pptx.Presentation",
}

BLOCKING_ARGUMENTS: Final[dict[str, tuple[int, str]]] = {
    "pandas.ExcelFile": (0, "path_or_buffer"),
    "rasterio.open": (0, "fp"),
    "geopandas.read_file": (0, "filename"),
    "geopandas.read_parquet": (0, "path"),
    "onnxruntime.InferenceSession": (0, "path_or_bytes"),
    "xarray.open_dataset": (0, "filename_or_obj"),
    "docx.Document.save": (0, "path_or_stream"),
    "pptx.Presentation.save": (0, "file"),
}
