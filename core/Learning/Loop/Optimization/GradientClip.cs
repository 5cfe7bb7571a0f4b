using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>
/// Shortens gradients whose L2 norm over all kept weights is above a limit to that limit: g ← g · c / ‖g‖ (Pascanu, Mikolov, Bengio 2013,
/// arXiv 1211.5063). Others keep their bits.
/// </summary>
/// <remarks>Gradients of pruned weights move nothing and do not count; they are zero afterwards, unless they flow into the optimiser's moments.</remarks>
/// <param name="masks">The parameters whose gradients are shortened.</param>
/// <param name="limit">c, above 0.</param>
internal sealed class GradientClip(TrainingMasks masks, double limit) : TrainingEffect
{
    /// <summary>Shortens the gradients there are. Call it inside the step's dispose scope.</summary>
    public void Apply()
    {
        using var off = torch.no_grad();
        var norm = Math.Sqrt(masks.All.Sum(Squares));
        if (norm <= limit)
            return;
        using var factor = (limit / norm).ToScalar();
        foreach (var parameter in masks.All)
            parameter.Weight.grad?.mul_(factor);
    }

    public override void Gradients(TrainingUpdate update) => Apply();

    private double Squares(MaskedWeight parameter)
    {
        if (parameter.Weight.grad is not { } gradient)
            return 0;
        var counted = parameter.Kept is null ? gradient : masks.FeedMoments ? gradient.mul(parameter.Kept) : gradient.mul_(parameter.Kept);
        return HostMemory.Read<float>(counted.mul(counted).sum());
    }
}
