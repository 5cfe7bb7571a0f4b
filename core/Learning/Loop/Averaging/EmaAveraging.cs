using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop.Averaging;

/// <summary>An exponential moving average over all updates: w̄ ← d·w̄ + (1 − d)·w, corrected for its start.</summary>
/// <remarks>
/// The average proper starts at 0 and is divided by 1 − dᵗ after t updates, as Adam's moments are (Kingma, Ba 2015, arXiv 1412.6980):
/// the weights of the t updates with shares that add up to 1. Starting with the first weights instead, as is often done, would leave
/// those a share of dᵗ: 37 % after 1/(1 − d) updates, too much for short trainings. Written as one running average that never divides.
/// BatchNorm statistics are averaged alike, for those who do not recalibrate.
/// </remarks>
internal sealed class EmaAveraging : IAveraging
{
    public const string Name = "ema";

    private const string Decay = "decay";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Averaging,
        Name = Name,
        Title = "Exponential moving average",
        UseWhen = "Use it when the last weights are noisy: when the rate does not go to 0, or batches are small.",
        Paper = "Polyak, Juditsky: Acceleration of Stochastic Approximation by Averaging, SIAM J. Control Optim. 30(4), 1992 (equal shares); "
            + "with decay as in Tarvainen, Valpola: Mean Teachers, NeurIPS 2017, arXiv 1703.01780",
        Options =
        [
            OptionInfo.Number(Decay, "d: the average reaches back about 1/(1 − d) updates. Use 0.999 for trainings of many thousand updates.",
                0.99, minimum: 0.5, maximum: 0.999999),
        ],
    };

    /// <summary>(1 − d) / (1 − dᵗ) after update t.</summary>
    public double Share(TrainingPosition position, OptionValues options)
    {
        var decay = options.Number(Decay);
        return (1 - decay) / (1 - Math.Pow(decay, position.Update));
    }
}
