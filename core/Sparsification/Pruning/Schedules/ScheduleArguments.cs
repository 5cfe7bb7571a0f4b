namespace SparsePipeline.Sparsification.Pruning;

internal static class ScheduleArguments
{
    public static void Check(double target, int cycles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cycles, 1);
        if (target is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(target), target, "A sparsity is in [0, 1).");
    }
}
