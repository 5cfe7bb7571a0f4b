using SparsePipeline.Learning.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// Batch normalisation over all dimensions but the second (Ioffe, Szegedy 2015, arXiv 1502.03167), for inputs [n, channels, …] of any
/// rank; state dict and numbers are those of PyTorch's <c>BatchNorm1d</c>, <c>2d</c> and <c>3d</c>.
/// </summary>
/// <remarks>
/// Written here because the library's own counts its batches with a scalar that may be finalised while it is read: with garbage
/// being collected in between, the process aborts or counts wrongly.
/// </remarks>
internal sealed class BatchNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private const double StandardMomentum = 0.1;
    private const double Epsilon = 1e-5;

    // Named as they are registered: who moves a network to a device gets new tensors, and these fields hold them then.
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly torch.Tensor running_mean;
    private readonly torch.Tensor running_var;
    private readonly torch.Tensor num_batches_tracked;

    public BatchNorm(int channels)
        : base(nameof(BatchNorm))
    {
        register_parameter("weight", weight = new Parameter(torch.ones(channels)));
        register_parameter("bias", bias = new Parameter(torch.zeros(channels)));
        register_buffer("running_mean", running_mean = torch.zeros(channels));
        register_buffer("running_var", running_var = torch.ones(channels));
        register_buffer("num_batches_tracked", num_batches_tracked = torch.tensor(0L));
    }

    /// <summary>Whether training averages all batches alike instead of with momentum 0.1.</summary>
    public bool Cumulative { get; set; }

    /// <summary>Forgets all batches seen.</summary>
    public void ResetStatistics()
    {
        running_mean.zero_();
        running_var.fill_(KeptScalars.One);
        num_batches_tracked.zero_();
    }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.batch_norm(
        input, running_mean, running_var, weight, bias, training, training ? CountBatch() : StandardMomentum, Epsilon);

    /// <summary>max(0, norm(x)), rectified in place: going back needs what came in and what came out, nothing in between.</summary>
    public torch.Tensor WithRelu(torch.Tensor input) => call(input).relu_();

    /// <summary>max(0, norm(x) + other), likewise.</summary>
    public torch.Tensor WithSumAndRelu(torch.Tensor input, torch.Tensor other) => call(input).add_(other, KeptScalars.One).relu_();

    /// <summary>The weight of the batch that is being counted.</summary>
    private double CountBatch()
    {
        // With its factor: left out, the library makes a scalar for it.
        num_batches_tracked.add_(KeptScalars.OneMore, KeptScalars.OneMore);
        if (!Cumulative)
            return StandardMomentum;
        return 1.0 / HostMemory.Read<long>(num_batches_tracked);
    }
}
