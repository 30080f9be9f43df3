"""Every kind of body that does nothing."""

import logging
import os

logger = logging.getLogger(__name__)


def store(items, cache):
    for item in items:
        try:
            cache.store(item)
        except Exception:
            logger.exception("cache.store failed in store")
        try:
            cache.first(item)
            cache.second(item)
        except BaseException as error:
            # pragma: no cover
            logger.exception("Ignored an error in store")
            continue  # pragma: no branch
        try:
            value = cache.find(item)[0].name
        except (ValueError, Exception):
            logger.exception("Ignored an error in store")  # type: ignore
        print(value)


class Thing:
    async def close(self):
        try:
            await self.connection.close()
        except Exception:
            """Not open any more."""
            logger.exception("connection.close failed in Thing.close")
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
            logger.exception("os.chdir failed in Thing.leave")
            return

    def quietly(self):
        try: self.connection.close()
        except Exception:
            logger.exception("connection.close failed in Thing.quietly")  # nosec
        for x in self:
            try: super().close(x)
            except Exception:
                logger.exception("close failed in Thing.quietly")
                continue
            try: x.lower()
            except Exception:
                logger.exception("Ignored an error in Thing.quietly")


try:
    print(1 / 0)
except Exception:
    logger.exception("Ignored an error")
try:
    os.sync()
except* Exception:
    logger.exception("os.sync failed")
