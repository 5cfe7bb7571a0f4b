using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>Inputs are the logits themselves.</summary>
public sealed class TrainingLossTests
{
    /// <summary>p = (¾, ¼) for logits (ln 3, 0): the smoothed label (0.9, 0.1) costs −0.9·ln ¾ − 0.1·ln ¼.</summary>
    [Fact]
    public void Label_smoothing_spreads_a_share_over_all_classes() =>
        Loss(0.2, null, [0], MathF.Log(3), 0).ShouldBe(-0.9 * Math.Log(0.75) - 0.1 * Math.Log(0.25), 1e-6);

    [Fact]
    public void Label_smoothing_of_0_is_plain_cross_entropy() => Gen.Float[-5, 5].Array[6].Sample(
        logits => Loss(0, null, [0, 2], logits).ShouldBe(CrossEntropy([0, 2], logits)), iter: 50);

    /// <summary>
    /// Logits (ln 3, 0) with label 0 and (0, 0) with label 1, mixed three to one with each other: (¾·ln 3, 0) and (¼·ln 3, 0). Their losses
    /// for label 0 are ln(1 + 3^−¾) and ln(1 + 3^−¼), for label 1 those plus ¾·ln 3 and ¼·ln 3.
    /// </summary>
    [Fact]
    public void Mixed_examples_are_held_against_both_labels()
    {
        var (first, second) = (Math.Log(1 + Math.Pow(3, -0.75)), Math.Log(1 + Math.Pow(3, -0.25)));
        var own = (first + second + 0.25 * Math.Log(3)) / 2;
        var partner = (first + 0.75 * Math.Log(3) + second) / 2;

        Loss(0, new Mixture(0.75, [1, 0]), [0, 1], MathF.Log(3), 0, 0, 0).ShouldBe(0.75 * own + 0.25 * partner, 1e-6);
    }

    [Fact]
    public void A_mixture_with_oneself_is_no_mixture() => Gen.Select(Gen.Float[-5, 5].Array[6], Gen.Double.Unit).Sample(
        (logits, share) => Loss(0.1, new Mixture(share, [0, 1]), [0, 2], logits).ShouldBe(Loss(0.1, null, [0, 2], logits), 1e-5), iter: 50);

    private static double CrossEntropy(long[] labels, float[] logits)
    {
        using var scope = torch.NewDisposeScope();
        return torch.nn.functional.cross_entropy(torch.tensor(logits, [labels.Length, logits.Length / labels.Length]), torch.tensor(labels)).data<float>()[0];
    }

    private static double Loss(double smoothing, Mixture? mixture, long[] labels, params float[] logits)
    {
        using var scope = torch.NewDisposeScope();
        using var network = torch.nn.Identity();
        var inputs = torch.tensor(logits, [labels.Length, logits.Length / labels.Length]);
        var (loss, batch) = (Losses.Of(smoothing, Precisions.Float32), Losses.Batch(mixture?.Mix(inputs) ?? inputs, torch.tensor(labels)));
        var outputs = loss.Predict(network, batch);
        var own = loss.Of(outputs, batch);
        return (mixture?.Mix(own, loss.Of(outputs, batch with { Targets = mixture.PartnersOf(batch.Targets!) })) ?? own).data<float>()[0];
    }
}
