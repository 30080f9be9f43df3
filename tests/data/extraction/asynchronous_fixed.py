# limit 10
class Klient:
    @property
    async def größe(self):
        ä = await self.first()
        # größer als nötig
        async with self.lock as lock:
            await self._process_dinge(ä, lock)
            if await self.done():
                return ä

            self.wait(ä)
        return None

    async def _process_dinge(self, ä, lock):
        async for ding in self.dinge(ä):
            await self.put(ding, lock)
            if not ding:
                break
        else:
            await self.none()

    @classmethod
    async def make(cls, n):
        # Fetch everything
        one = await cls.get(n, 1)
        two = await cls.get(n, 2)
        return await cls._finish_make(n, one, two)

    @classmethod
    async def _finish_make(cls, n, one, two):
        three = [await cls.get(n, i) for i in range(3)]
        four = await cls.get(n, 4)
        five = one + two + four
        six = sum(three)

        await cls.put(five)
        await cls.put(six)
        await cls.put(five)
        return cls(five, six)


if True:
    async def loose(a, b):
        first(a)
        for x in a:
            await _handle_x(b, x)
            await b.seven(x)
        last(a)
        last(b)

    async def _handle_x(b, x):
        if x:
            await b.one(x)
            await b.two(x)
            await b.three(x)
            await b.four(x)
            await b.five(x)
            await b.six(x)
    after = loose
