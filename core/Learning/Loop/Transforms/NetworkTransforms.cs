using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Loop.Masks;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Loop.Transforms;

/// <summary>All network transforms; a new one is added here.</summary>
internal static class NetworkTransforms
{
    public static MethodRegistry<INetworkTransform> Registry { get; } = new(
        MethodAxes.Transform,
        [
            new SppTransform(),
        ]);

    /// <summary>Replaces the prunable weights of a training by what its transform trains; null for trainings without one.</summary>
    /// <exception cref="DomainException">It is unknown, an option is wrong, or a hook moves the mask.</exception>
    public static TransformEffect? Begin(TrainSpec spec, TrainingMasks masks)
    {
        if (spec.Transform is not { } chosen)
            return null;
        var transform = Registry.Find(chosen);
        var options = new OptionValues(transform.Info, chosen.Options);
        if (TrainingHooks.Of(spec).FirstOrDefault(h => h.Hook.Info.Needs.HasFlag(MethodNeeds.MovesMask)).Hook is { } mover)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The transform '{transform.Info.Name}' keeps the zeros of the weights it starts from, and the hook '{mover.Info.Name}' moves them.",
                "Remove the one or the other.");
        List<(string, Parameter, TransformedWeight)> weights = [];
        foreach (var weight in masks.Prunable)
        {
            var transformed = transform.Begin(weight.Weight.detach().clone().DetachFromDisposeScope(), SeedDerivation.Derive(spec.Seed, "transform/" + weight.Name), options);
            weights.Add((weight.Name, weight.Weight, transformed));
            masks.Replace(weight, transformed.Trained.Select(t => new MaskedWeight(TransformEffect.NameOf(weight.Name, t.Key), t.Value)));
        }

        return new TransformEffect(transform.Info.Name, weights, masks.All.Sum(w => w.Weight.numel()));
    }
}
