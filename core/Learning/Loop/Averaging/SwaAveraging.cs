using SparsePipeline.Contracts;
using SparsePipeline.Learning.Schedules;

namespace SparsePipeline.Learning.Loop.Averaging;

/// <summary>The mean of the weights at the ends of the last epochs: w̄ ← (n·w̄ + w) / (n + 1).</summary>
/// <remarks>
/// The first member is the last epoch end at or before <c>start</c>, as in algorithm 1, which starts the average with the weights it goes
/// on from; it is never before the first epoch's end. BatchNorm statistics are averaged alike, for those who do not recalibrate.
/// </remarks>
internal sealed class SwaAveraging : IAveraging
{
    public const string Name = "swa";

    private const string Start = "start";
    private const string Rate = "rate";

    /// <summary>So that 0.7 of 10 epochs are 7 whatever the product is in binary.</summary>
    private const double Rounding = 1e-9;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Averaging,
        Name = Name,
        Title = "Stochastic weight averaging",
        UseWhen = "Use it as the cheap rival of a soup: the average of one training's last epochs, best with a rate that stays high.",
        Needs = MethodNeeds.SeveralEpochs,
        Paper = "Izmailov, Podoprikhin, Garipov, Vetrov, Wilson: Averaging Weights Leads to Wider Optima and Better Generalization, UAI 2018, arXiv 1803.05407",
        Options =
        [
            OptionInfo.Number(Start, "Share of the training after which the ends of epochs are averaged.", 0.75, minimum: 0, maximum: 0.99),
            OptionInfo.Number(Rate, "Constant learning rate from there on, as a share of the training's largest; 0 keeps the schedule's rates.",
                0.0, minimum: 0, maximum: 1),
        ],
    };

    /// <summary>1 / (n + 1) for the n members before; 0 within epochs and before the first member.</summary>
    public double Share(TrainingPosition position, OptionValues options) =>
        position.EndsEpoch && position.Epoch - First(position.Epochs, options) is var before and >= 0 ? 1.0 / (before + 1) : 0;

    public LearningRatePlan Rates(LearningRatePlan plan, TrainingPosition end, OptionValues options)
    {
        var share = options.Number(Rate);
        if (share == 0)
            return plan;
        var constant = share * plan.Rates.Max();
        var start = First(end.Epochs, options) * end.UpdatesPerEpoch;
        return plan with { Rates = [.. plan.Rates.Select((rate, i) => i < start ? rate : constant)] };
    }

    /// <summary>The epoch, counted from 1, whose end is the first member.</summary>
    private static int First(int epochs, OptionValues options) => Math.Max(1, (int)Math.Floor(options.Number(Start) * epochs + Rounding));
}
