#include "serving.h"

#define BLOCKS 1000000

int main(void) {
    static char line[256];
    prepare();
    void **blocks = make_smallest(BLOCKS);
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
