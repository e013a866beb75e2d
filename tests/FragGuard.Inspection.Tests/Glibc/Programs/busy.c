#include "serving.h"

#define THREADS 3

static volatile int stops;
static pthread_barrier_t started, ended;

static void *work(void *argument) {
    static __thread void *blocks[4000];
    unsigned state = (unsigned)(intptr_t)argument;
    for (int i = 0; i < 4000; i++)
        blocks[i] = malloc(16 + next_random(&state) % 2000);
    pthread_barrier_wait(&started);
    while (!stops) {
        unsigned at = next_random(&state) % 4000;
        free(blocks[at]);
        blocks[at] = malloc(16 + next_random(&state) % 2000);
    }
    pthread_barrier_wait(&ended);
    pthread_barrier_wait(&ended);
    return 0;
}

int main(void) {
    static char line[256];
    pthread_t threads[THREADS];
    prepare();
    pthread_barrier_init(&started, 0, THREADS + 1);
    pthread_barrier_init(&ended, 0, THREADS + 1);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], 0, work, (void *)(intptr_t)(i + 1));
    pthread_barrier_wait(&started);
    say("ready\n");
    while (hear(line, sizeof line)) {
        if (strcmp(line, "stop") == 0) {
            stops = 1;
            pthread_barrier_wait(&ended);
            say("stopped\n");
        } else {
            answer(line);
        }
    }
    _exit(0);
}
