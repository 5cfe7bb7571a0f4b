using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>One normalisation of a script, whose running statistics are measured again.</summary>
/// <remarks>
/// A script's momentum is a constant in its code and cannot be set to "average all batches alike". But running ← (1 − m)·running + m·batch
/// is linear: from a known start, one batch shows m, and from 0, running / m is the batch's own statistic.
/// </remarks>
internal sealed class ScriptNorm(string name, torch.nn.Module module, IReadOnlyDictionary<string, torch.Tensor> buffers)
{
    public const string Mean = "running_mean";
    public const string Variance = "running_var";
    private const string Batches = "num_batches_tracked";

    /// <summary>So large that what a batch adds to it is lost in rounding: 2⁶⁰.</summary>
    private const float Large = 1152921504606846976;

    private readonly double[] _means = new double[buffers[Mean].numel()];
    private readonly double[] _variances = new double[buffers[Variance].numel()];
    private double _momentum;
    private long _batches;

    /// <summary>Goes into training mode, alone, to see one batch that shows its momentum.</summary>
    public void BeginMomentum()
    {
        module.train();
        Fill(Large);
    }

    /// <summary>Reads the momentum, and starts counting.</summary>
    /// <exception cref="Contracts.DomainException">These are no running averages of batch statistics.</exception>
    public void EndMomentum()
    {
        _momentum = MomentumOf(Values(Mean)[0]);
        foreach (var value in (float[])[.. Values(Mean), .. Values(Variance)])
            if (Math.Abs(MomentumOf(value) - _momentum) > 1e-6)
                _momentum = 0;
        if (!(_momentum > 0))
            throw ScriptFailure.Because(
                $"cannot be recalibrated: '{name}' does not keep running averages of its batches in training mode, as a traced module may not",
                "Make it with torch.jit.script, or set retraining.recalibration to 0.");
        Fill(0);
    }

    /// <summary>Takes the statistics of the batch that went through.</summary>
    public void Count()
    {
        Add(Values(Mean), _means);
        Add(Values(Variance), _variances);
        _batches++;
        Fill(0);
    }

    /// <summary>Sets the averages over all batches, and goes back into evaluation mode.</summary>
    public void End()
    {
        HostMemory.Write<float>(buffers[Mean], values => Set(_means, values));
        HostMemory.Write<float>(buffers[Variance], values => Set(_variances, values));
        if (Counter is { } counter)
            HostMemory.Write<long>(counter, count => count[0] = _batches);
        module.eval();
    }

    private torch.Tensor? Counter => buffers.GetValueOrDefault(Batches);

    /// <summary>Rounded to what people write: the subtraction leaves an error of 1e-7.</summary>
    private static double MomentumOf(float running) => Math.Round(1 - running / (double)Large, 6);

    private ReadOnlySpan<float> Values(string buffer) => HostMemory.Values<float>(buffers[buffer]);

    /// <summary>Also forgets the count: a norm that averages all batches alike then takes the next as its first.</summary>
    private void Fill(float value)
    {
        HostMemory.Write<float>(buffers[Mean], values => values.Fill(value));
        HostMemory.Write<float>(buffers[Variance], values => values.Fill(value));
        Counter?.zero_();
    }

    private static void Add(ReadOnlySpan<float> values, double[] sums)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += values[i];
    }

    private void Set(double[] sums, Span<float> values)
    {
        for (var i = 0; i < sums.Length; i++)
            values[i] = (float)(sums[i] / (_batches * _momentum));
    }
}
