# Lines that go on behind backslashes, and comments behind the tests that are turned around.


def schedule(jobs, pipe, log):
    for job in jobs:
        with pipe:
            if job:
                if not job.accepted:  # not accepted by another worker
                    for part in job:
                        if part:
                            pipe \
                                .delete(part) \
                                .execute()
                            log(part + \
          1, "a \
            b")


def covered(jobs, log):
    for job in jobs:
        with log:
            if job:
                if job.accepted:  # pragma: no cover
                    for part in job:  # refused: a comment behind its test
                        if part:
                            log(part)
