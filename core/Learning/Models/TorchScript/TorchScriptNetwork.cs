using TorchSharp;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>A scripted PyTorch module as a network of ours: its parameters and buffers keep their PyTorch names.</summary>
internal sealed class TorchScriptNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> _script;
    private readonly int _classes;

    public TorchScriptNetwork(torch.jit.ScriptModule<torch.Tensor, torch.Tensor> script, int classes)
        : base(nameof(TorchScriptNetwork))
    {
        (_script, _classes) = (script, classes);
        foreach (var (name, parameter) in script.named_parameters())
            register_parameter(name, parameter);
        foreach (var (name, buffer) in script.named_buffers())
            register_buffer(name, buffer);
    }

    public override void train(bool on = true)
    {
        base.train(on);
        _script.train(on);
    }

    /// <exception cref="Contracts.DomainException">The script fails, or does not return logits [n, classes].</exception>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ScriptInterpreter.RunAsWritten();
        try
        {
            return Checked(_script.call(RowByRow(input)), input);
        }
        catch (Exception exception) when (ScriptFailure.IsFrom(exception))
        {
            throw ScriptFailure.Because(
                $"failed in {Mode} mode on inputs {Text(input.shape)}: {ScriptFailure.Line(exception)}",
                "Script a module that takes one batch [n, channels, height, width] of the recipe's data and returns one tensor.");
        }
    }

    /// <summary>The normalisations that keep running statistics, by the name of their module.</summary>
    public IReadOnlyList<ScriptNorm> Norms() =>
    [
        .. _script.named_modules()
            .Select(m => (m.name, m.module, buffers: m.module.named_buffers(recurse: false).ToDictionary(b => b.name, b => b.buffer)))
            .Where(m => m.buffers.ContainsKey(ScriptNorm.Mean) && m.buffers.ContainsKey(ScriptNorm.Variance))
            .Select(m => new ScriptNorm(m.name, m.module, m.buffers)),
    ];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _script.Dispose();
        base.Dispose(disposing);
    }

    private string Mode => training ? "training" : "evaluation";

    /// <summary>The order in memory that PyTorch's own tensors have: a script that takes views of its activations fails on any other.</summary>
    private static torch.Tensor RowByRow(torch.Tensor input) => input.contiguous().view(-1).view(input.shape);

    private torch.Tensor Checked(torch.Tensor output, torch.Tensor input)
    {
        long[] expected = [input.shape[0], _classes];
        if (!output.shape.SequenceEqual(expected))
            throw ScriptFailure.Because(
                $"returns {Text(output.shape)} for inputs {Text(input.shape)}, but the data needs {Text(expected)}: one logit per class",
                "Script a module whose last layer has one output per class of the recipe's data.");
        if (output.dtype != torch.ScalarType.Float32 && !(Autocast.IsOn && output.dtype == torch.ScalarType.BFloat16))
            throw ScriptFailure.Because($"returns {output.dtype}, but logits are Float32", "Script a module that returns float32 logits.");
        if (training && torch.is_grad_enabled() && !output.requires_grad)
            throw ScriptFailure.Because(
                "returns outputs without a gradient, so it cannot be trained", "Remove no_grad and detach from it, or trace it outside of no_grad.");
        return output;
    }

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
