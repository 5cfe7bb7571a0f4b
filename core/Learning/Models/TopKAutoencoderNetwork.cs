using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// State dict: <c>encoder.weight</c> [latents, inputs], <c>encoder.bias</c> [latents], <c>bias</c> [inputs] and, unless it is tied, <c>decoder.weight</c>
/// [inputs, latents], whose columns are the dictionary.
/// </summary>
/// <remarks>
/// z = ReLU(top-k(W_e·(x − b) + b_e)), x̂ = W_d·z + b: Makhzani, Frey 2014, arXiv 1312.5663, with the ReLU and the pre-bias b of later use, where the original has neither.
/// Gradients flow through what is kept alone. It starts with drawn columns of unit norm, the encoder as their transpose, b_e = 0 and b = 0, the mean of inputs
/// that are centred. k stays as it is: it is neither larger at first nor when the network is measured. Which of equal latents is kept is libtorch's choice, the same
/// every time. Columns keep their norm when the training has the hook <c>unit-norm</c>.
/// </remarks>
internal sealed class TopKAutoencoderNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, ICodedNetwork, IOwnStart
{
    private readonly LinearLayer encoder;
    private readonly LinearLayer? decoder;
    // Named as it is registered: who moves a network to a device gets new tensors, and this field holds them then.
    private readonly Parameter bias;
    private readonly int _active;

    /// <param name="inputs">Numbers of an example.</param>
    /// <param name="latents">Entries of the dictionary.</param>
    /// <param name="active">k, at most as many.</param>
    /// <param name="tied">Whether the dictionary is the encoder's matrix.</param>
    public TopKAutoencoderNetwork(int inputs, int latents, int active, bool tied)
        : base(nameof(TopKAutoencoderNetwork))
    {
        _active = active;
        encoder = new LinearLayer(inputs, latents);
        decoder = tied ? null : new LinearLayer(new Parameter(torch.zeros(inputs, latents)), bias: null);
        bias = new Parameter(torch.zeros(inputs));
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => Decode(Codes(input));

    public torch.Tensor Codes(torch.Tensor input)
    {
        var latents = encoder.call(input.flatten(1).sub(bias));
        var (values, places) = latents.topk(_active, 1);
        return torch.zeros_like(latents).scatter(1, places, values.relu());
    }

    public torch.Tensor Decode(torch.Tensor codes) =>
        (decoder is null ? torch.nn.functional.linear(codes, encoder.get_parameter("weight")!.t()) : decoder.call(codes)).add(bias, KeptScalars.One);

    public void Start()
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weight = encoder.get_parameter("weight")!;
        encoder.get_parameter("bias")!.zero_();
        if (decoder?.get_parameter("weight") is not { } dictionary)
        {
            weight.copy_(torch.nn.functional.normalize(weight, dim: 1));
            return;
        }

        dictionary.copy_(torch.nn.functional.normalize(dictionary, dim: 0));
        weight.copy_(dictionary.t());
    }
}
