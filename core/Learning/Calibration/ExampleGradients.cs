using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Gradients of the loss of single examples with respect to every parameter.</summary>
/// <remarks>
/// g = ∂(−log p(y|x)) / ∂w with the label y that the data has. Σg² / N is the diagonal of the empirical Fisher matrix: Martens, "New Insights and Perspectives on the Natural Gradient
/// Method", JMLR 2020, arXiv 1412.1193, section 11, who says why it is not the Fisher matrix, whose y is drawn from p. The square of a batch's mean gradient would be something
/// else again, so examples go one by one: N backward passes.
/// </remarks>
internal static class ExampleGradients
{
    /// <param name="network">In evaluation mode.</param>
    /// <param name="data">Whose training split the sample is of; of a task with one class for each example.</param>
    /// <param name="sample">Numbers of examples.</param>
    /// <param name="cancellationToken">Looked at before each example.</param>
    /// <returns>One for each parameter that is trained once, by the name it is written under.</returns>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the examples have no class each; <see cref="FailureCodes.NotFinite"/>: a gradient is not finite.</exception>
    public static IReadOnlyList<ParameterGradients> Of(
        torch.nn.Module<torch.Tensor, torch.Tensor> network, DataSplits data, int[] sample, CancellationToken cancellationToken)
    {
        if (!data.Task.HasClasses || !WrongLabels.HasClasses(data.Training))
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"Gradients of single examples are those of −log p(y|x) of one class, and the task '{data.Task.Info.Name}' of this data has none.",
                "Collect them for a classification of examples, or leave them out.");
        using var on = torch.enable_grad();
        var parameters = TiedWeights.Parameters(network).ToList();
        List<(torch.Tensor Sums, torch.Tensor Squares)> totals = [.. parameters.Select(p => (Zeros(p.Parameter), Zeros(p.Parameter)))];
        var reader = new BatchReader(data.Training, data);
        foreach (var example in sample)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var batch = reader.Read([example]);
            data.Task.Loss(data.Task.Predict(network, batch), batch, labelSmoothing: 0).backward();
            using var off = torch.no_grad();
            foreach (var (parameter, (sums, squares)) in parameters.Select(p => p.Parameter).Zip(totals))
            {
                // A parameter that this example does not reach has the gradient 0.
                if (parameter.grad is not { } gradient)
                    continue;
                var wide = gradient.to_type(torch.ScalarType.Float64);
                sums.add_(wide, KeptScalars.One);
                squares.add_(wide.mul(wide), KeptScalars.One);
                parameter.grad = null;
            }
        }

        return [.. parameters.Zip(totals, (p, t) => Finite(new ParameterGradients(p.Name, sample.Length, Numbers(t.Sums), Numbers(t.Squares))))];
    }

    private static torch.Tensor Zeros(torch.Tensor parameter) => torch.zeros(parameter.shape, torch.ScalarType.Float64, parameter.device);

    private static ParameterGradients Finite(ParameterGradients gradients) => Array.TrueForAll(gradients.Squares, double.IsFinite) ? gradients : throw new DomainException(
        FailureCodes.NotFinite, $"The gradients of '{gradients.Tensor}' are not finite on the sample.", "Use a checkpoint of a training that has not diverged.");

    private static double[] Numbers(torch.Tensor tensor)
    {
        using var flat = tensor.cpu().contiguous();
        return MemoryMarshal.Cast<byte, double>(flat.bytes).ToArray();
    }
}
