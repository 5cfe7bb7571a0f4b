using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>A scripted PyTorch module as a network of ours: its parameters and buffers keep their PyTorch names.</summary>
internal sealed class TorchScriptNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> _script;
    private readonly ScriptShapes _shapes;

    public TorchScriptNetwork(torch.jit.ScriptModule<torch.Tensor, torch.Tensor> script, InputShape input, int classes)
        : base(nameof(TorchScriptNetwork))
    {
        (_script, _shapes) = (script, new ScriptShapes(input, classes));
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

    /// <exception cref="Contracts.DomainException">The script fails, or does not return logits, as many as the data needs.</exception>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ScriptInterpreter.RunAsWritten();
        var batch = _shapes.Arrange(input);
        try
        {
            return Checked(_script.call(batch), batch);
        }
        catch (Exception exception) when (ScriptFailure.IsFrom(exception))
        {
            throw ScriptFailure.Because(
                $"failed in {Mode} mode on inputs {ScriptShapes.Text(batch.shape)}: {ScriptFailure.Line(exception)}",
                $"Script a module that takes one batch {_shapes.Inputs} of the recipe's data and returns one tensor.");
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

    private torch.Tensor Checked(torch.Tensor output, torch.Tensor batch)
    {
        _shapes.Check(output, batch);
        if (output.dtype != torch.ScalarType.Float32 && !(Autocast.IsOn && output.dtype == torch.ScalarType.BFloat16))
            throw ScriptFailure.Because($"returns {output.dtype}, but logits are Float32", "Script a module that returns float32 logits.");
        if (training && torch.is_grad_enabled() && !output.requires_grad)
            throw ScriptFailure.Because(
                "returns outputs without a gradient, so it cannot be trained", "Remove no_grad and detach from it, or trace it outside of no_grad.");
        return output;
    }
}
