#include "serving.h"

#define BLOCKS 1000000

int main(void) {
    static char line[256];
    prepare();
    void **blocks = mmap(0, BLOCKS * sizeof *blocks, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (blocks == MAP_FAILED)
        return 3;
    for (int i = 0; i < BLOCKS; i++)
        memset(blocks[i] = malloc(24), 1, 24);
    for (int i = 0; i < BLOCKS; i += 2)
        free(blocks[i]);
    // A large request empties the fastbins.
    void *volatile large = malloc(100000);
    free(large);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    return 0;
}
