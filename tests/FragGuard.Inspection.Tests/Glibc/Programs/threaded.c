#include "serving.h"

#define THREADS 6
#define BLOCKS 20000

static pthread_barrier_t filled, ended;
static char *kept[THREADS + 1][BLOCKS];
static char *mapped[5];

static void fill(int self) {
    unsigned state = 12345 + self;
    char **blocks = kept[self];
    for (int i = 0; i < BLOCKS; i++) {
        size_t bytes = next_random(&state) % 97 == 0 ? 20000 + next_random(&state) : 16 + next_random(&state) % 1500;
        blocks[i] = malloc(bytes);
        memset(blocks[i], 1, bytes);
    }
    for (int i = 0; i < BLOCKS; i++) {
        if (next_random(&state) % 3 != 0 || (i > BLOCKS / 4 && i < BLOCKS / 2)) {
            free(blocks[i]);
            blocks[i] = 0;
        }
    }
    for (int i = 0; i < 60; i++)
        blocks[i] = blocks[i] ? blocks[i] : malloc(24 + i % 5 * 16);
    for (int i = 0; i < 60; i++) {
        if (i % 3) {
            free(blocks[i]);
            blocks[i] = 0;
        }
    }
}

static void *work(void *argument) {
    fill((int)(intptr_t)argument);
    pthread_barrier_wait(&filled);
    pthread_barrier_wait(&ended);
    return 0;
}

int main(void) {
    static char line[256];
    pthread_t threads[THREADS];
    prepare();
    pthread_barrier_init(&filled, 0, THREADS + 1);
    pthread_barrier_init(&ended, 0, THREADS + 1);
    for (int i = 0; i < 5; i++) {
        mapped[i] = malloc(300000 + i * 100000);
        memset(mapped[i], 1, 150000);
    }
    fill(0);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], 0, work, (void *)(intptr_t)(i + 1));
    pthread_barrier_wait(&filled);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    pthread_barrier_wait(&ended);
    return 0;
}
