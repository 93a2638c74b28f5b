/* Linear rules on many reports, one pass over memory.
 *
 * A report is certified clean by a screen in 32-bit arithmetic that cannot wrap around: every figure is small and not
 * negative, no cell is missing, and every relation holds. What is not certified is listed while it is still in cache:
 * in 64 bits where figures are small, otherwise exactly, in three values and 128 bits.
 *
 * The program comes as arrays from govinfo_fast/__init__.py, which says what is in them. Nothing here knows the form.
 */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if !defined(__GNUC__)
#error "vectors and 128-bit numbers of GNU C are needed: build with gcc or clang"
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#if defined(__clang__)
#define SHUFFLED(v, w, ...) __builtin_shufflevector(v, w, __VA_ARGS__)
#else
#define SHUFFLED(v, w, ...) __builtin_shuffle(v, w, (lanes){__VA_ARGS__})
#endif
#define INLINE static inline __attribute__((always_inline))

typedef int32_t lanes __attribute__((vector_size(32)));
typedef __int128 wide;

enum { LAYOUT = 2 }; /* the version of what layout.py lays out: 1 more whenever that changes */
enum { TURN = 16, LANES = 8, MOST_GROUPS = 8, MOST_PATTERNS = 4 };
enum { HAS_LOW = 1, HAS_HIGH = 2, MONEY = 4, UNIT = 8, CERTIFIED = 16 };
enum { USED = 1, SIGNED = 2 };
enum { HOLDS = 0, FAILED = 1, UNDECIDED = 2, ASK = 3 };

/* Terms of several relations or sides, one behind the other. */
struct terms {
    const int64_t *start;
    const int32_t *cell;
    const int64_t *coefficient;
};

/* Rows and columns of equations over one rectangle of cells: table 3. */
struct grid {
    int64_t columns, rows, patterns, groups;
    int64_t added, taken;      /* how many columns come first that are added, then subtracted, in a row's equation */
    const int64_t *column;     /* (columns): where each begins */
    const int32_t *across;     /* (columns): coefficients of the equation of a row */
    const int32_t *down;       /* (patterns, groups, LANES): coefficients of the equations of a column */
    const int64_t *group;      /* (groups): where each group of rows begins; the last overlaps the one before */
    const int32_t *row;        /* (rows): the instance that is the equation of each row */
    const int32_t *sum;        /* (patterns, columns): the instances that are the equations of each column */
};

struct program {
    int64_t counts, amounts, instances, relations, screened, windows, looks, others, grids;
    int32_t large;             /* bits of a figure that is negative or too large for 32-bit sums */
    int64_t large_money;
    const uint8_t *cells;      /* USED, SIGNED */
    struct terms relation, left, right;
    const int64_t *low, *high;
    const uint8_t *flags;      /* of relations */
    const int32_t *when;       /* of instances: the relation that is the condition, or -1 */
    const int64_t *left_constant, *right_constant;
    const int32_t *screen;     /* instances neither a grid nor a window covers */
    const int64_t *plain_start; /* (cells + 1): where the next begin, by cell */
    const int32_t *plain;      /* instances that only ask of the cell that it is not negative */
    const int32_t *other;      /* (others): all other instances */
    const int32_t *windowed;   /* (windows): the instance that is the equation of each window */
    const int64_t *window;     /* (windows): LANES neighbouring cells that hold all of one equation */
    const int32_t *weights;    /* (windows, LANES): its coefficients */
    const int64_t *look;       /* (looks): LANES neighbouring cells whose size is still to be looked at */
    const struct grid *grid;
};

struct found {
    size_t length, room;
    int64_t *report;
    int32_t *instance;
    uint8_t *status;
    wide *side[2];
    uint8_t *known[2];
    int failed;                /* out of memory */
};

struct report {
    const int64_t *counts, *amounts;
    const uint8_t *missing;    /* a byte a cell, or NULL */
};

static int grow(struct found *f)
{
    size_t room = f->room ? 2 * f->room : 1024;
    void *p;
#define MORE(array) \
    if (!(p = realloc(f->array, room * sizeof *f->array))) return f->failed = 1; \
    f->array = p;
    MORE(report) MORE(instance) MORE(status) MORE(side[0]) MORE(side[1]) MORE(known[0]) MORE(known[1])
#undef MORE
    f->room = room;
    return 0;
}

INLINE int64_t value(const struct program *p, const struct report *r, int32_t cell)
{
    return cell < p->counts ? r->counts[cell] : r->amounts[cell - p->counts];
}

/* What a side comes to in millionths; 0 and not known where a cell is missing. Small figures need 64 bits only. */
INLINE wide side_sum(const struct program *p, const struct terms *t, int64_t i, int64_t constant,
                     const struct report *r, int small, uint8_t *known)
{
    wide total = constant;
    int64_t sum = constant;
    *known = 1;
    for (int64_t k = t->start[i]; k < t->start[i + 1]; k++) {
        if (r->missing && r->missing[t->cell[k]]) {
            *known = 0;
            return 0;
        }
        if (small)
            sum += t->coefficient[k] * value(p, r, t->cell[k]);
        else
            total += (wide)t->coefficient[k] * value(p, r, t->cell[k]);
    }
    if (small)
        total = sum;
    return p->flags[i] & MONEY ? total : total * 1000000;
}

static int room_for_one(struct found *f)
{
    return !f->failed && (f->length < f->room || !grow(f));
}

INLINE void emit(const struct program *p, struct found *f, int64_t number, int64_t i, int state, const struct report *r,
                 int small)
{
    if (!room_for_one(f))
        return;
    size_t n = f->length++;
    f->report[n] = number;
    f->instance[n] = (int32_t)i;
    f->status[n] = (uint8_t)(state - 1);
    f->side[0][n] = side_sum(p, &p->left, i, p->left_constant[i], r, small, &f->known[0][n]);
    f->side[1][n] = side_sum(p, &p->right, i, p->right_constant[i], r, small, &f->known[1][n]);
}

/* Judge a relation exactly. With `certainly` one with missing cells holds where it does for all numbers. `number` is the
 * type sums are made in: 64 bits are enough for counts of 32 bits and amounts that are not large. */
#define DEFINE_JUDGE(name, number)                                                                                     \
    INLINE int name(const struct program *p, int64_t i, const struct report *r, int certainly)                         \
    {                                                                                                                  \
        const struct terms *t = &p->relation;                                                                          \
        int up = 0, down = 0, has_low = p->flags[i] & HAS_LOW, has_high = p->flags[i] & HAS_HIGH;                      \
        number total = 0;                                                                                              \
        for (int64_t k = t->start[i]; k < t->start[i + 1]; k++) {                                                      \
            int32_t cell = t->cell[k];                                                                                 \
            if (r->missing && r->missing[cell]) {                                                                      \
                int either = p->cells[cell] & SIGNED;                                                                  \
                up |= either || t->coefficient[k] > 0;                                                                 \
                down |= either || t->coefficient[k] < 0;                                                               \
            } else                                                                                                     \
                total += (number)t->coefficient[k] * value(p, r, cell);                                                \
        }                                                                                                              \
        int below = has_low && total < p->low[i], above = has_high && total > p->high[i];                              \
        if (!up && !down)                                                                                              \
            return below || above ? FAILED : HOLDS;                                                                    \
        if ((above && !down) || (below && !up))                                                                        \
            return FAILED;                                                                                             \
        if (has_low && has_high && !(p->flags[i] & (MONEY | UNIT)))                                                    \
            return ASK;                                                                                                \
        if (certainly && !below && !above && !(up && has_high) && !(down && has_low))                                  \
            return HOLDS;                                                                                              \
        return UNDECIDED;                                                                                              \
    }                                                                                                                  \
    INLINE int name##_instance(const struct program *p, int64_t i, const struct report *r)                             \
    {                                                                                                                  \
        if (p->when[i] >= 0) {                                                                                         \
            int applies = name(p, p->when[i], r, 1);                                                                   \
            if (applies != HOLDS)                                                                                      \
                return applies == FAILED ? HOLDS : applies;                                                            \
        }                                                                                                              \
        return name(p, i, r, 0);                                                                                       \
    }
DEFINE_JUDGE(judge_wide, wide)
DEFINE_JUDGE(judge_small, int64_t)

INLINE void sort(int32_t *numbers, int64_t n)
{
    for (int64_t k = 1; k < n; k++) {
        int32_t one = numbers[k];
        int64_t at = k;
        for (; at > 0 && numbers[at - 1] > one; at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = one;
    }
}

INLINE int judged(const struct program *p, int64_t i, const struct report *r, int small)
{
    return small ? judge_small_instance(p, i, r) : judge_wide_instance(p, i, r);
}

/* List what does not hold. Relations that ask of one cell only that it is not negative are looked at where it is, or
 * where it is missing. */
INLINE void list_exactly(const struct program *p, struct found *f, int64_t number, const struct report *r, int small,
                         int32_t *off)
{
    int64_t n = 0;
    for (int32_t cell = 0; cell < p->counts + p->amounts; cell++) {
        if (!(r->missing && r->missing[cell]) && value(p, r, cell) >= 0)
            continue;
        for (int64_t k = p->plain_start[cell]; k < p->plain_start[cell + 1]; k++)
            off[n++] = p->plain[k];
    }
    for (int64_t k = 0; k < p->others; k++)
        off[n++] = p->other[k];
    sort(off, n);
    for (int64_t k = 0; k < n; k++) {
        int state = judged(p, off[k], r, small);
        if (state != HOLDS)
            emit(p, f, number, off[k], state, r, small);
    }
}

/* Whether no amount is so large, or so far below 0, that sums might not fit in 64 bits. */
INLINE int small_amounts(const struct program *p, const int64_t *amounts)
{
    int64_t bits = 0;
    for (int64_t j = 0; j < p->amounts; j++)
        bits |= amounts[j] ^ (amounts[j] >> 63);
    return !(bits & p->large_money);
}

/* Whether a relation between small figures holds: 64 bits are enough. */
INLINE int holds(const struct program *p, int64_t i, const int32_t *counts, const int64_t *amounts)
{
    const struct terms *t = &p->relation;
    int64_t total = 0;
    if (p->flags[i] & MONEY)
#pragma GCC unroll 1
        for (int64_t k = t->start[i]; k < t->start[i + 1]; k++)
            total += t->coefficient[k] * amounts[t->cell[k] - p->counts];
    else
#pragma GCC unroll 1
        for (int64_t k = t->start[i]; k < t->start[i + 1]; k++)
            total += t->coefficient[k] * counts[t->cell[k]];
    return (!(p->flags[i] & HAS_LOW) || total >= p->low[i]) && (!(p->flags[i] & HAS_HIGH) || total <= p->high[i]);
}

INLINE int small_holds(const struct program *p, int64_t i, const int32_t *counts, const int64_t *amounts)
{
    if (p->when[i] >= 0 && !holds(p, p->when[i], counts, amounts))
        return 1;
    return holds(p, i, counts, amounts);
}

INLINE lanes load(const int32_t *from)
{
    lanes v;
    memcpy(&v, from, sizeof v);
    return v;
}

/* Add neighbouring lanes of two vectors: a step of summing up eight vectors at once. */
INLINE lanes paired(lanes a, lanes b)
{
    return SHUFFLED(a, b, 0, 2, 8, 10, 4, 6, 12, 14) + SHUFFLED(a, b, 1, 3, 9, 11, 5, 7, 13, 15);
}

/* Return a vector that is 0 throughout if the lanes of each of eight vectors sum up to 0. */
INLINE lanes summed(const lanes *v)
{
    lanes low = paired(paired(v[0], v[1]), paired(v[2], v[3])), high = paired(paired(v[4], v[5]), paired(v[6], v[7]));
    return SHUFFLED(low, high, 0, 1, 2, 3, 8, 9, 10, 11) + SHUFFLED(low, high, 4, 5, 6, 7, 12, 13, 14, 15);
}

INLINE int any(lanes v)
{
    int64_t part[4];
    memcpy(part, &v, sizeof v);
    return (part[0] | part[1] | part[2] | part[3]) != 0;
}

/* Gather the bits of every figure of a grid, and of whatever its equations miss by. The sizes are constants wherever it
 * matters, so that loops are unrolled and sums stay in registers. */
INLINE void look_at_grid(const struct grid *g, const int32_t *counts, int columns, int added, int taken, int groups,
                         int patterns, lanes *bits, lanes *wrong)
{
    const lanes zero = {0};
    lanes seen = *bits, missed = *wrong, rows[MOST_GROUPS], sums[MOST_PATTERNS][LANES];
    for (int k = 0; k < groups; k++)
        rows[k] = zero;
    for (int from = 0; from < columns; from += LANES) {
#pragma GCC unroll 8
        for (int i = 0; i < LANES; i++) {
            int c = from + i;
            for (int j = 0; j < patterns; j++)
                sums[j][i] = zero;
            if (c >= columns)
                continue;
            const int32_t *column = counts + g->column[c];
#pragma GCC unroll 8
            for (int k = 0; k < groups; k++) {
                lanes v = load(column + g->group[k]);
                seen |= v;
                rows[k] += c < added ? v : c < taken ? -v : v * g->across[c];
#pragma GCC unroll 4
                for (int j = 0; j < patterns; j++)
                    sums[j][i] += v * load(g->down + (j * groups + k) * LANES);
            }
        }
        for (int j = 0; j < patterns; j++)
            missed |= summed(sums[j]);
    }
    for (int k = 0; k < groups; k++)
        missed |= rows[k];
    *bits = seen, *wrong = missed;
}

INLINE void look_at_any_grid(const struct grid *g, const int32_t *counts, lanes *bits, lanes *wrong)
{
    if (g->columns == 7 && g->added == 6 && g->taken == 7 && g->patterns == 2 && g->groups == 4)
        look_at_grid(g, counts, 7, 6, 7, 4, 2, bits, wrong);  /* table 3 of edition 2021 */
    else if (g->columns == 7 && g->added == 6 && g->taken == 7 && g->patterns == 2 && g->groups == 3)
        look_at_grid(g, counts, 7, 6, 7, 3, 2, bits, wrong);  /* and of edition 2019 */
    else
        look_at_grid(g, counts, (int)g->columns, (int)g->added, (int)g->taken, (int)g->groups, (int)g->patterns, bits,
                     wrong);
}

/* The bits of the figures some relation speaks of, those of a number that may be negative as if it were not. */
static int32_t used_bits(const struct program *p, const int32_t *counts)
{
    int32_t bits = 0;
    for (int64_t j = 0; j < p->counts; j++)
        if (p->cells[j] & USED)
            bits |= p->cells[j] & SIGNED ? counts[j] ^ (counts[j] >> 31) : counts[j];
    return bits;
}

/* Judge a report with 32-bit counts and no missing cell. Returns whether sums could not wrap around. */
INLINE int small_report(const struct program *p, const int32_t *counts, const int64_t *amounts, int *off)
{
    const lanes zero = {0};
    lanes bits = zero, wrong = zero;
    int64_t money = 0;
    for (int64_t g = 0; g < p->grids; g++)
        look_at_any_grid(&p->grid[g], counts, &bits, &wrong);
    for (int64_t k = 0; k < p->looks; k++)
        bits |= load(counts + p->look[k]);
    for (int64_t from = 0; from < p->windows; from += LANES) {
        lanes products[LANES];
        for (int64_t k = 0; k < LANES; k++)
            products[k] = from + k < p->windows
                ? load(counts + p->window[from + k]) * load(p->weights + (from + k) * LANES) : zero;
        wrong |= summed(products);
    }
    for (int64_t j = 0; j < p->amounts; j++)
        money |= amounts[j];
    *off = 0;
    if (any((bits & p->large) | wrong) || (money & p->large_money)) {
        if ((money & p->large_money) || (any(bits & p->large) && (used_bits(p, counts) & p->large)))
            return 0;
        *off = any(wrong);
    }
    for (int64_t k = 0; k < p->screened && !*off; k++)
        *off = !small_holds(p, p->screen[k], counts, amounts);
    return 1;
}

/* What a side of small figures comes to in millionths: 64 bits are enough. */
INLINE wide small_sum(const struct program *p, const struct terms *t, int64_t i, int64_t total, const int32_t *counts,
                      const int64_t *amounts)
{
    if (p->flags[i] & MONEY) {
        for (int64_t k = t->start[i]; k < t->start[i + 1]; k++)
            total += t->coefficient[k] * amounts[t->cell[k] - p->counts];
        return total;
    }
    for (int64_t k = t->start[i]; k < t->start[i + 1]; k++)
        total += t->coefficient[k] * counts[t->cell[k]];
    return (wide)total * 1000000;
}

/* Note which equations of a grid are off. */
INLINE int64_t off_in_grid(const struct grid *g, const int32_t *counts, int32_t *off)
{
    int64_t n = 0;
    int32_t rows[LANES * MOST_GROUPS] = {0};
    for (int64_t c = 0; c < g->columns; c++) {
        const int32_t *column = counts + g->column[c];
        for (int64_t row = 0; row < g->rows; row++)
            rows[row] += g->across[c] * column[row];
        for (int64_t j = 0; j < g->patterns; j++) {
            lanes sum = {0};
            int32_t part[LANES], total = 0;
            for (int64_t k = 0; k < g->groups; k++)
                sum += load(column + g->group[k]) * load(g->down + (j * g->groups + k) * LANES);
            memcpy(part, &sum, sizeof part);
            for (int l = 0; l < LANES; l++)
                total += part[l];
            if (total)
                off[n++] = g->sum[j * g->columns + c];
        }
    }
    for (int64_t row = 0; row < g->rows; row++)
        if (rows[row])
            off[n++] = g->row[row];
    return n;
}

INLINE void list_small(const struct program *p, struct found *f, int64_t number, const int32_t *counts,
                       const int64_t *amounts, int32_t *off)
{
    int64_t n = 0;
    for (int64_t g = 0; g < p->grids; g++)
        n += off_in_grid(&p->grid[g], counts, off + n);
    for (int64_t k = 0; k < p->windows; k++)
        if (!holds(p, p->windowed[k], counts, amounts))
            off[n++] = p->windowed[k];
    for (int64_t k = 0; k < p->screened; k++)
        if (!small_holds(p, p->screen[k], counts, amounts))
            off[n++] = p->screen[k];
    sort(off, n); /* there are few */
    for (int64_t k = 0; k < n && room_for_one(f); k++) {
        size_t at = f->length++;
        int32_t i = off[k];
        f->report[at] = number;
        f->instance[at] = i;
        f->status[at] = FAILED - 1;
        f->side[0][at] = small_sum(p, &p->left, i, p->left_constant[i], counts, amounts);
        f->side[1][at] = small_sum(p, &p->right, i, p->right_constant[i], counts, amounts);
        f->known[0][at] = f->known[1][at] = 1;
    }
}

/* Narrow a report's counts; returns whether all of them fit. */
INLINE int narrowed(const int64_t *from, int32_t *to, int64_t n)
{
    int64_t lost = 0;
    for (int64_t j = 0; j < n; j++) {
        to[j] = (int32_t)from[j];
        lost |= from[j] ^ to[j];
    }
    return lost == 0;
}

/* Turn up to TURN reports of a block that has a cell a row. */
INLINE void turn(const int64_t *cells, int64_t reports, int64_t first, int64_t counts, int64_t *to)
{
    int64_t n = reports - first < TURN ? reports - first : TURN;
    for (int64_t j = 0; j < counts; j++) {
        const int64_t *from = cells + j * reports + first;
        for (int64_t i = 0; i < n; i++)
            to[i * counts + j] = from[i];
    }
}

CLONES static void run(const struct program *p, struct found *f, int64_t reports, const void *counts, int is_wide,
                       int turned, int64_t *turn_to, const int64_t *amounts, int64_t blanks, const int64_t *blank, const uint8_t *missing,
                       int32_t *narrow, int64_t *widened, int32_t *instances)
{
    int64_t next = 0, cells = p->counts + p->amounts;
    for (int64_t i = 0; i < reports && !f->failed; i++) {
        if (turned && i % TURN == 0)
            turn(counts, reports, i, p->counts, turn_to);
        const int64_t *wide_counts = turned ? turn_to + i % TURN * p->counts
                                     : is_wide ? (const int64_t *)counts + i * p->counts : NULL;
        const int32_t *small = is_wide ? narrow : (const int32_t *)counts + i * p->counts;
        const uint8_t *gone = NULL;
        int off = 0;
        if (next < blanks && blank[next] == i)
            gone = missing + cells * next++;
        if (!gone && (!is_wide || narrowed(wide_counts, narrow, p->counts)) && small_report(p, small, amounts, &off)) {
            if (off)
                list_small(p, f, i, small, amounts, instances);
        } else {
            if (!is_wide)
                for (int64_t j = 0; j < p->counts; j++)
                    widened[j] = small[j];
            struct report r = {is_wide ? wide_counts : widened, amounts, gone};
            /* what stands in a missing amount means nothing, and does no harm */
            list_exactly(p, f, i, &r, !is_wide && small_amounts(p, amounts), instances);
        }
        amounts += p->amounts;
    }
}

/* Python's side: buffers in, bytes out. */

enum { MOST_ARRAYS = 64 };

struct buffers {
    Py_buffer view[MOST_ARRAYS];
    int length;
};

static const void *array(struct buffers *b, PyObject *tuple, Py_ssize_t i)
{
    PyObject *item = PyTuple_GetItem(tuple, i); /* borrowed */
    if (!item || b->length == MOST_ARRAYS || PyObject_GetBuffer(item, &b->view[b->length], PyBUF_C_CONTIGUOUS) < 0)
        return NULL;
    return b->view[b->length++].buf;
}

static int64_t size(const struct buffers *b, int back)
{
    return b->view[b->length - back].len;
}

static int fill_terms(struct buffers *b, PyObject *arrays, Py_ssize_t at, struct terms *t)
{
    return (t->start = array(b, arrays, at)) && (t->cell = array(b, arrays, at + 1))
           && (t->coefficient = array(b, arrays, at + 2));
}

static int fill(struct buffers *b, PyObject *arrays, struct program *p, struct grid *grid)
{
    const int64_t *head = array(b, arrays, 0);
    if (!head)
        return 0;
    if (size(b, 1) != 8 * (int64_t)sizeof *head || head[7] != LAYOUT) {
        PyErr_SetString(PyExc_ValueError, "layout.py and the compiled kernel are of different versions: build it again");
        return 0;
    }
    p->counts = head[0], p->amounts = head[1], p->instances = head[2], p->relations = head[3];
    p->large = (int32_t)head[4], p->large_money = head[5], p->grids = head[6];
    if (!(p->cells = array(b, arrays, 1)) || !fill_terms(b, arrays, 2, &p->relation)
        || !fill_terms(b, arrays, 5, &p->left) || !fill_terms(b, arrays, 8, &p->right)
        || !(p->low = array(b, arrays, 11)) || !(p->high = array(b, arrays, 12)) || !(p->flags = array(b, arrays, 13))
        || !(p->when = array(b, arrays, 14)) || !(p->left_constant = array(b, arrays, 15))
        || !(p->right_constant = array(b, arrays, 16)) || !(p->screen = array(b, arrays, 17)))
        return 0;
    p->screened = size(b, 1) / (int64_t)sizeof(int32_t);
    if (!(p->weights = array(b, arrays, 18)) || !(p->window = array(b, arrays, 19)))
        return 0;
    p->windows = size(b, 1) / (int64_t)sizeof(int64_t);
    if (!(p->look = array(b, arrays, 20)))
        return 0;
    p->looks = size(b, 1) / (int64_t)sizeof(int64_t);
    if (!(p->windowed = array(b, arrays, 21)) || !(p->plain_start = array(b, arrays, 22))
        || !(p->plain = array(b, arrays, 23)) || !(p->other = array(b, arrays, 24)))
        return 0;
    p->others = size(b, 1) / (int64_t)sizeof(int32_t);
    p->grid = grid;
    for (int64_t g = 0; g < p->grids; g++) {
        Py_ssize_t at = 25 + 7 * (Py_ssize_t)g;
        const int64_t *shape = array(b, arrays, at);
        if (!shape)
            return 0;
        grid[g].columns = shape[0], grid[g].rows = shape[1], grid[g].patterns = shape[2], grid[g].groups = shape[3];
        grid[g].added = shape[4], grid[g].taken = shape[5];
        if (!(grid[g].column = array(b, arrays, at + 1)) || !(grid[g].across = array(b, arrays, at + 2))
            || !(grid[g].down = array(b, arrays, at + 3)) || !(grid[g].group = array(b, arrays, at + 4))
            || !(grid[g].row = array(b, arrays, at + 5)) || !(grid[g].sum = array(b, arrays, at + 6)))
            return 0;
    }
    return 1;
}

static PyObject *answer(const struct found *f)
{
    Py_ssize_t n = (Py_ssize_t)f->length;
    return Py_BuildValue("(y#y#y#y#y#y#y#)", (const char *)f->report, n * (Py_ssize_t)sizeof *f->report,
                         (const char *)f->instance, n * (Py_ssize_t)sizeof *f->instance, (const char *)f->status, n,
                         (const char *)f->side[0], n * (Py_ssize_t)sizeof(wide), (const char *)f->side[1],
                         n * (Py_ssize_t)sizeof(wide), (const char *)f->known[0], n, (const char *)f->known[1], n);
}

static PyObject *violations(PyObject *module, PyObject *args)
{
    PyObject *arrays, *data, *result = NULL;
    enum { MOST_GRIDS = 4 };
    struct grid grid[MOST_GRIDS];
    struct program p;
    struct buffers b = {.length = 0};
    struct found f;
    int64_t *widened = NULL, *turn_to = NULL;
    int turned = 0;
    int32_t *narrow = NULL, *instances = NULL;
    (void)module;
    memset(&f, 0, sizeof f);
    if (!PyArg_ParseTuple(args, "O!O!p", &PyTuple_Type, &arrays, &PyTuple_Type, &data, &turned))
        return NULL;
    const void *counts, *blank, *missing;
    const int64_t *amounts;
    if (!fill(&b, arrays, &p, grid) || !(counts = array(&b, data, 0)))
        goto end;
    int64_t bytes = size(&b, 1);
    if (!(amounts = array(&b, data, 1)))
        goto end;
    int64_t reports = p.amounts ? size(&b, 1) / (p.amounts * 8) : p.counts ? bytes / (p.counts * 4) : 0;
    if (!(blank = array(&b, data, 2)))
        goto end;
    int64_t blanks = size(&b, 1) / 8;
    if (!(missing = array(&b, data, 3)))
        goto end;
    int is_wide = bytes == reports * p.counts * 8 && bytes > 0;
    if ((!is_wide && (turned || bytes != reports * p.counts * 4)) || size(&b, 1) != blanks * (p.counts + p.amounts)) {
        PyErr_SetString(PyExc_ValueError, "arrays of a block do not fit the program");
        goto end;
    }
    narrow = malloc((size_t)(p.counts + LANES) * sizeof *narrow);
    widened = malloc((size_t)(p.counts + 1) * sizeof *widened);
    instances = malloc((size_t)(p.instances + 1) * sizeof *instances);
    turn_to = malloc((size_t)(turned ? TURN * p.counts : 1) * sizeof *turn_to);
    if (!narrow || !widened || !instances || !turn_to || grow(&f)) {
        PyErr_NoMemory();
        goto end;
    }
    Py_BEGIN_ALLOW_THREADS
    run(&p, &f, reports, counts, is_wide, turned, turn_to, amounts, blanks, blank, missing, narrow, widened, instances);
    Py_END_ALLOW_THREADS
    result = f.failed ? PyErr_NoMemory() : answer(&f);
end:
    for (int i = 0; i < b.length; i++)
        PyBuffer_Release(&b.view[i]);
    free(narrow), free(widened), free(instances), free(turn_to), free(f.report), free(f.instance), free(f.status);
    free(f.side[0]), free(f.side[1]), free(f.known[0]), free(f.known[1]);
    return result;
}

static PyMethodDef methods[] = {
    {"violations", violations, METH_VARARGS, "violations(program, block, turned) -> arrays of what does not hold, as bytes"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_kernel", NULL, 0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void)
{
    return PyModuleDef_Init(&definition);
}
