using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Hooks;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Loop.Transforms;

/// <summary>Hands the gradients of weights on to what is trained in their place, and makes the weights of it again after every update.</summary>
/// <param name="name">Of the transform.</param>
/// <param name="weights">The network's weights, and what each follows from.</param>
/// <param name="trained">Numbers that are trained in all.</param>
internal sealed class TransformEffect(string name, IReadOnlyList<(string Name, Parameter Weight, TransformedWeight Transformed)> weights, long trained) : TrainingEffect
{
    public override IReadOnlyDictionary<string, torch.Tensor> State =>
        weights.SelectMany(w => w.Transformed.Trained.Select(t => KeyValuePair.Create(NameOf(w.Name, t.Key), (torch.Tensor)t.Value))).ToDictionary();

    /// <summary>The name of what is trained in place of a weight.</summary>
    public static string NameOf(string weight, string part) => $"transform/{weight}/{part}";

    /// <summary>By the chain rule: the gradient of Σ G⊙W′ over what W′ is made of, for the gradient G of the weight.</summary>
    public override void Gradients(TrainingUpdate update)
    {
        foreach (var (_, weight, transformed) in weights)
        {
            if (weight.grad is not { } gradient)
                continue;
            using var on = torch.enable_grad();
            transformed.Effective().mul(gradient).sum().backward();
            weight.grad = null;
        }
    }

    public override void Updated(TrainingUpdate update)
    {
        foreach (var (_, weight, transformed) in weights)
        {
            weight.copy_(transformed.Effective());
            weight.grad = null;
        }
    }

    public override void Finish(TrainingFinish finish) =>
        finish.Report = finish.Report with { Transform = new TransformReport(name, weights.Sum(w => w.Weight.numel()), trained) };

    public override void Dispose()
    {
        foreach (var parameter in weights.SelectMany(w => w.Transformed.Trained.Values))
            parameter.Dispose();
        base.Dispose();
    }
}
