#include "serving.h"

#ifndef BLOCKS
#define BLOCKS 1000000
#endif

/* A seed for the order in which they are freed; with 0 that of the next line. */
#ifndef SHUFFLED
#define SHUFFLED 0
#endif

/* No divisor of BLOCKS / 2: the blocks are freed in an order far from that of their addresses; with 1, in that order. */
#ifndef STRIDE
#define STRIDE 611953
#endif

/* Any order; the blocks that are freed change places with each other only. */
static void shuffle(void **blocks) {
    unsigned long random = SHUFFLED;
    for (long i = BLOCKS / 2 - 1; i > 0; i--) {
        random = random * 6364136223846793005 + 1442695040888963407;
        long other = (long)((random >> 33) % (i + 1)) * 2;
        void *block = blocks[i * 2];
        blocks[i * 2] = blocks[other];
        blocks[other] = block;
    }
}

int main(void) {
    static char line[256];
    prepare();
    void **blocks = make_smallest(BLOCKS);
    if (SHUFFLED)
        shuffle(blocks);
    for (long i = 0; i < BLOCKS / 2; i++)
        free(blocks[i * STRIDE % (BLOCKS / 2) * 2]);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    return 0;
}
