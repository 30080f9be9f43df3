"""What keeps the processor busy for long in one call: password hashing and compression."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "hashlib.pbkdf2_hmac": ("cpu", "asyncio.to_thread"),
    "hashlib.scrypt": ("cpu", "asyncio.to_thread"),
    "crypt.crypt": ("cpu", "asyncio.to_thread"),
    "bcrypt.hashpw": ("cpu", "asyncio.to_thread"),
    "bcrypt.checkpw": ("cpu", "asyncio.to_thread"),
    "bcrypt.kdf": ("cpu", "asyncio.to_thread"),
    "zlib.compress": ("cpu", "asyncio.to_thread"),
    "zlib.decompress": ("cpu", "asyncio.to_thread"),
    "gzip.compress": ("cpu", "asyncio.to_thread"),
    "gzip.decompress": ("cpu", "asyncio.to_thread"),
    "bz2.compress": ("cpu", "asyncio.to_thread"),
    "bz2.decompress": ("cpu", "asyncio.to_thread"),
    "lzma.compress": ("cpu", "asyncio.to_thread"),
    "lzma.decompress": ("cpu", "asyncio.to_thread"),
    "compression.zstd.compress": ("cpu", "asyncio.to_thread"),
    "compression.zstd.decompress": ("cpu", "asyncio.to_thread"),
    "brotli.compress": ("cpu", "asyncio.to_thread"),
    "brotli.decompress": ("cpu", "asyncio.to_thread"),
    "zstandard.compress": ("cpu", "asyncio.to_thread"),
    "zstandard.decompress": ("cpu", "asyncio.to_thread"),
    "lz4.frame.compress": ("cpu", "asyncio.to_thread"),
    "lz4.frame.decompress": ("cpu", "asyncio.to_thread"),
    "werkzeug.security.generate_password_hash": ("cpu", "asyncio.to_thread"),
    "werkzeug.security.check_password_hash": ("cpu", "asyncio.to_thread"),
    "django.contrib.auth.hashers.make_password": ("cpu", "asyncio.to_thread"),
    "django.contrib.auth.hashers.check_password": ("cpu", "asyncio.to_thread"),
    "argon2.hash_password": ("cpu", "asyncio.to_thread"),
    "argon2.verify_password": ("cpu", "asyncio.to_thread"),
    "nacl.pwhash.str": ("cpu", "asyncio.to_thread"),
    "nacl.pwhash.verify": ("cpu", "asyncio.to_thread"),
    "argon2.low_level.hash_secret": ("cpu", "asyncio.to_thread"),
    "argon2.low_level.hash_secret_raw": ("cpu", "asyncio.to_thread"),
    "argon2.low_level.verify_secret": ("cpu", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "argon2.PasswordHasher": (("cpu", "asyncio.to_thread", "hash verify"),),
    "passlib.context.CryptContext": (
        ("cpu", "asyncio.to_thread", "hash verify verify_and_update encrypt dummy_verify"),
    ),
    "passlib.hash.bcrypt": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "passlib.hash.argon2": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "passlib.hash.pbkdf2_sha256": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "passlib.hash.pbkdf2_sha512": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "passlib.hash.scrypt": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "passlib.hash.sha256_crypt": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "passlib.hash.sha512_crypt": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "passlib.hash.bcrypt_sha256": (("cpu", "asyncio.to_thread", "hash verify encrypt"),),
    "pwdlib.PasswordHash": (("cpu", "asyncio.to_thread", "hash verify verify_and_update"),),
    "flask_bcrypt.Bcrypt": (("cpu", "asyncio.to_thread", "generate_password_hash check_password_hash"),),
    "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC": (("cpu", "asyncio.to_thread", "derive verify"),),
    "cryptography.hazmat.primitives.kdf.scrypt.Scrypt": (("cpu", "asyncio.to_thread", "derive verify"),),
    "cryptography.hazmat.primitives.kdf.argon2.Argon2id": (("cpu", "asyncio.to_thread", "derive verify"),),
}

RETURNS: Final[dict[str, str]] = {
    "pwdlib.PasswordHash.recommended": "pwdlib.PasswordHash",
}

ALIASES: Final[dict[str, str]] = {
    "argon2._password_hasher.PasswordHasher": "argon2.PasswordHasher",
}
