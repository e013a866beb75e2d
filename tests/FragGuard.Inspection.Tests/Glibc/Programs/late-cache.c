#include "serving.h"

static pthread_barrier_t filled, ended;

static void *work(void *argument) {
    static void *volatile blocks[7];
    for (int i = 0; i < 7; i++)
        blocks[i] = malloc(200);
    for (int i = 0; i < 7; i++)
        free(blocks[i]);
    pthread_barrier_wait(&filled);
    pthread_barrier_wait(&ended);
    return argument;
}

int main(void) {
    static char line[256];
    static void *volatile block;
    pthread_t thread;
    prepare();
    block = malloc(24);
    for (int i = 0; i < 200000; i++)
        memset(malloc(1000), 1, 1000);
    free(block);
    pthread_barrier_init(&filled, 0, 2);
    pthread_barrier_init(&ended, 0, 2);
    pthread_create(&thread, 0, work, 0);
    pthread_barrier_wait(&filled);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    pthread_barrier_wait(&ended);
    return 0;
}
