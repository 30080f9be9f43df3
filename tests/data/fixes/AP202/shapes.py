"""Every kind of body that does nothing."""

import os


def store(items, cache):
    for item in items:
        try:
            cache.store(item)
        except Exception:
            pass
        try:
            cache.first(item)
            cache.second(item)
        except BaseException as error:
            # pragma: no cover
            continue  # pragma: no branch
        try:
            value = cache.find(item)[0].name
        except (ValueError, Exception):
            ...  # type: ignore
        print(value)


class Thing:
    async def close(self):
        try:
            await self.connection.close()
        except Exception:
            """Not open any more."""
        try:
            return int(self.text)
        except Exception:
            return None
        finally:
            print()

    def leave(self):
        try:
            os.chdir(self.folder)
        except Exception:
            # fmt: off

            # fmt: on
            return

    def quietly(self):
        try: self.connection.close()
        except Exception: pass  # nosec
        for x in self:
            try: super().close(x)
            except Exception: continue
            try: x.lower()
            except Exception: 0; pass


try:
    print(1 / 0)
except Exception:
    pass
try:
    os.sync()
except* Exception:
    pass
