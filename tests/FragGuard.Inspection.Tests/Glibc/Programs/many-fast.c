#include "serving.h"

#ifndef BLOCKS
#define BLOCKS 1000000
#endif

/* No divisor of BLOCKS / 2: the blocks are freed in an order far from that of their addresses. */
#define STRIDE 611953

int main(void) {
    static char line[256];
    prepare();
    void **blocks = mmap(0, BLOCKS * sizeof *blocks, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (blocks == MAP_FAILED)
        return 3;
    for (int i = 0; i < BLOCKS; i++)
        memset(blocks[i] = malloc(24), 1, 24);
    for (long i = 0; i < BLOCKS / 2; i++)
        free(blocks[i * STRIDE % (BLOCKS / 2) * 2]);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    return 0;
}
