/* Trains one workload of the bench in FANN, row by row; prints one line of JSON.
   Arguments: features, targets, rows, widths from inputs to outputs, epochs, whether to warm up (0 or 1), seeds. */
#include <floatfann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* Weights of the library's own random draw; its sigmoids, squared error and rate are its defaults. */
static const float RATE = 0.7f;

static unsigned layers, widths[16], rows, epochs;

static unsigned read_list(char *text, unsigned *into)
{
    unsigned count = 0;
    for (char *word = strtok(text, ","); word != NULL; word = strtok(NULL, ","))
        into[count++] = (unsigned)atoi(word);
    return count;
}

static void *read_file(const char *path, size_t bytes)
{
    FILE *file = fopen(path, "rb");
    void *values = malloc(bytes);
    if (file == NULL || fread(values, 1, bytes, file) != bytes) {
        fprintf(stderr, "%s does not hold %zu bytes\n", path, bytes);
        exit(1);
    }
    fclose(file);
    return values;
}

static struct fann_train_data *read_data(const char *features, const char *targets)
{
    unsigned inputs = widths[0], outputs = widths[layers - 1];
    float *x = read_file(features, (size_t)rows * inputs * 4);
    int *y = read_file(targets, (size_t)rows * 4);
    struct fann_train_data *data = fann_create_train(rows, inputs, outputs);
    for (unsigned row = 0; row < rows; row++) {
        for (unsigned i = 0; i < inputs; i++) data->input[row][i] = x[row * inputs + i];
        for (unsigned i = 0; i < outputs; i++)
            data->output[row][i] = outputs == 1 ? (float)y[row] : (float)(y[row] == (int)i);
    }
    free(x);
    free(y);
    return data;
}

static unsigned class_of(const fann_type *values, unsigned outputs)
{
    if (outputs == 1) return values[0] > 0.5f;
    unsigned best = 0;
    for (unsigned i = 1; i < outputs; i++) if (values[i] > values[best]) best = i;
    return best;
}

static double accuracy(struct fann *network, struct fann_train_data *data)
{
    unsigned right = 0, outputs = widths[layers - 1];
    for (unsigned row = 0; row < rows; row++)
        right += class_of(fann_run(network, data->input[row]), outputs) == class_of(data->output[row], outputs);
    return (double)right / rows;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static double train(unsigned seed, struct fann_train_data *data, double *score)
{
    struct fann *network = fann_create_standard_array(layers, widths);
    /* It draws by the clock when it creates; so the weights are drawn again. */
    srand(seed);
    fann_randomize_weights(network, -0.1f, 0.1f);
    fann_set_training_algorithm(network, FANN_TRAIN_INCREMENTAL);
    fann_set_learning_rate(network, RATE);
    double from = now();
    for (unsigned epoch = 0; epoch < epochs; epoch++) {
        fann_shuffle_train_data(data);
        fann_train_epoch(network, data);
    }
    double seconds = now() - from;
    *score = accuracy(network, data);
    fann_destroy(network);
    return seconds;
}

static void print_list(const char *name, const double *values, int count)
{
    printf("\"%s\":[", name);
    for (int i = 0; i < count; i++) printf(i ? ",%.9g" : "%.9g", values[i]);
    printf("],");
}

int main(int count, char **words)
{
    if (count < 7) return 1;
    rows = (unsigned)atoi(words[3]);
    layers = read_list(words[4], widths);
    epochs = (unsigned)atoi(words[5]);
    struct fann_train_data *data = read_data(words[1], words[2]);
    int seeds = count - 7;
    double *seconds = calloc(seeds + 1, sizeof(double)), *scores = calloc(seeds + 1, sizeof(double));
    if (atoi(words[6])) train(0, data, scores);
    for (int i = 0; i < seeds; i++)
        seconds[i] = train((unsigned)atoi(words[7 + i]), data, &scores[i]);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"version\":\"2.2\",\"losses\":[],");
    print_list("seconds", seconds, seeds);
    print_list("scores", scores, seeds);
    printf("\"peakMemory\":%ld}\n", usage.ru_maxrss * 1024L);
    return 0;
}
