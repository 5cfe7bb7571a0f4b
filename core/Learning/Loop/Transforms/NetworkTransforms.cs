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
    /// <exception cref="DomainException">It is unknown, an option is wrong, or a hook moves the mask or needs the weights themselves to be trained.</exception>
    public static TransformEffect? Begin(TrainSpec spec, TrainingMasks masks)
    {
        if (spec.Transform is not { } chosen)
            return null;
        var transform = Registry.Find(chosen);
        var options = new OptionValues(transform.Info, chosen.Options);
        CheckHooks(spec, transform.Info);
        List<(string, Parameter, TransformedWeight)> weights = [];
        foreach (var weight in masks.Prunable)
        {
            var transformed = transform.Begin(weight.Weight.detach().clone().DetachFromDisposeScope(), SeedDerivation.Derive(spec.Seed, "transform/" + weight.Name), options);
            weights.Add((weight.Name, weight.Weight, transformed));
            masks.Replace(weight, transformed.Trained.Select(t => new MaskedWeight(TransformEffect.NameOf(weight.Name, t.Key), t.Value)));
        }

        return new TransformEffect(transform.Info.Name, weights, masks.All.Sum(w => w.Weight.numel()));
    }

    private static void CheckHooks(TrainSpec spec, MethodInfo transform)
    {
        List<MethodInfo> hooks = [.. TrainingHooks.Of(spec).Select(h => h.Hook.Info)];
        List<string> problems =
        [
            .. hooks.Where(h => h.Needs.HasFlag(MethodNeeds.MovesMask)).Select(h => $"keeps the zeros of the weights it starts from, and the hook '{h.Name}' moves them"),
            .. hooks.Where(h => h.Needs.HasFlag(MethodNeeds.TrainedWeights)).Select(h => $"trains something in place of the prunable weights, and the hook '{h.Name}' needs these to be trained"),
        ];
        if (problems.Count > 0)
            throw new DomainException(FailureCodes.InvalidOption, $"The transform '{transform.Name}' {string.Join("; it ", problems)}.", "Remove the one or the other.");
    }
}
