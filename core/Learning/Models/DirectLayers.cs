using System.Numerics;
using SparsePipeline.Learning.Products;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Linear layers with max(0, x) in between, forward and back without a graph: see <see cref="IDirectGradients"/>.</summary>
/// <remarks>What takes time is the library's or has its bits: products and the sums of biases. Gradients go back in the graph's own steps.</remarks>
internal sealed class DirectLayers(IReadOnlyList<LinearLayer> layers)
{
    /// <summary>The library multiplies vectors by other functions than matrices.</summary>
    private const int LeastSide = 2;

    private readonly List<Pass> _passes = [];
    private readonly bool _isPossible = LibraryProduct.IsThere && layers.All(l => Math.Min(l.Inputs, l.Outputs) >= LeastSide);

    /// <summary>What is needed to go back: what came into each layer, and what came out at the end.</summary>
    private sealed record Pass(long Rows, torch.Tensor[] Inputs, torch.Tensor Outputs);

    /// <summary>The predictions, which want a gradient; null where they have to come from the graph.</summary>
    /// <param name="input">[n, in].</param>
    public torch.Tensor? Forward(torch.Tensor input)
    {
        var shape = input.shape;
        // Products are not checked by the library: what does not fit is left to the graph, which says so.
        if (!_isPossible || shape is not [var rows, var columns] || columns != layers[0].Inputs || !torch.is_grad_enabled() || !Takes(input) || !WantGradients())
            return null;
        var inputs = new torch.Tensor[layers.Count];
        var x = input;
        for (var i = 0; i < layers.Count; i++)
        {
            inputs[i] = x;
            x = layers[i].Direct(x, rows);
            if (i + 1 < layers.Count)
                Rectify(HostMemory.Span<float>(x));
        }
        x.requires_grad = true;
        _passes.Add(new Pass(rows, inputs, x));
        return x;
    }

    /// <summary>Back through every pass since the last call.</summary>
    public void Backward()
    {
        for (var i = _passes.Count - 1; i >= 0; i--)
            Backward(_passes[i]);
        _passes.Clear();
    }

    private static bool Takes(torch.Tensor input) =>
        HostMemory.Holds(input) && input.dtype == torch.ScalarType.Float32 && input.shape[0] >= LeastSide && input.is_contiguous() && !input.requires_grad && !Autocast.IsOn;

    private bool WantGradients()
    {
        for (var i = 0; i < layers.Count; i++)
            if (!layers[i].WantsGradients)
                return false;
        return true;
    }

    private void Backward(Pass pass)
    {
        // A pass of an update that was given up, or that no loss was made of.
        if (pass.Outputs.IsInvalid || pass.Outputs.grad is not { } given)
            return;
        var gradient = given.is_contiguous() ? given : given.contiguous();
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            layers[i].AddGradients(pass.Inputs[i], gradient);
            if (i == 0)
                return;
            gradient = layers[i].OfInput(gradient, pass.Rows);
            Rectify(HostMemory.Span<float>(gradient), HostMemory.Span<float>(pass.Inputs[i]));
        }
    }

    /// <summary>max(0, x), as the library has it: −0 stays, and what is no number too.</summary>
    private static void Rectify(Span<float> values)
    {
        var whole = values.Length - (values.Length % Vector<float>.Count);
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]);
            Vector.ConditionalSelect(Vector.LessThan(value, Vector<float>.Zero), Vector<float>.Zero, value).CopyTo(values[i..]);
        }
        for (var i = whole; i < values.Length; i++)
            if (values[i] < 0)
                values[i] = 0;
    }

    /// <summary>Gradients of max(0, x): none where nothing came through.</summary>
    private static void Rectify(Span<float> gradients, ReadOnlySpan<float> outputs)
    {
        var whole = gradients.Length - (gradients.Length % Vector<float>.Count);
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            var nothing = Vector.LessThanOrEqual(new Vector<float>(outputs[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(nothing, Vector<float>.Zero, new Vector<float>(gradients[i..])).CopyTo(gradients[i..]);
        }
        for (var i = whole; i < gradients.Length; i++)
            if (outputs[i] <= 0)
                gradients[i] = 0;
    }
}
