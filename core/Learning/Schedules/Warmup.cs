namespace SparsePipeline.Learning.Schedules;

/// <summary>Cosine warm-up from 0 to the peak.</summary>
internal static class Warmup
{
    /// <summary>
    /// peak · ½(1 − cos(π(t+1)/(w+1))) for t in [0, w). The ends 0 and peak themselves are left out: a first iteration
    /// at rate 0 would learn nothing, and the schedule proper starts at the peak.
    /// </summary>
    public static double Rate(int iteration, int warmup, double peak) =>
        peak * 0.5 * (1 - Math.Cos(Math.PI * (iteration + 1) / (warmup + 1)));

    /// <summary>The iterations a share of the training takes, at least one less than all of them.</summary>
    public static int Iterations(int iterations, double share) => Math.Min((int)(iterations * share), iterations - 1);
}
