#include "serving.h"

#ifndef BLOCKS
#define BLOCKS 1000000
#endif

/* No divisor of BLOCKS / 2: the blocks are freed in an order far from that of their addresses. */
#define STRIDE 611953

int main(void) {
    static char line[256];
    prepare();
    void **blocks = make_smallest(BLOCKS);
    for (long i = 0; i < BLOCKS / 2; i++)
        free(blocks[i * STRIDE % (BLOCKS / 2) * 2]);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    return 0;
}
