using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Methods;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

public sealed class GptTests : IDisposable
{
    private const int Symbols = 11;
    private const int Context = 8;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// GPT-2 at small size: 12 · 16² weights and 13 · 16 biases and norms per block, 2 · 16 of the last norm, 8 places, 11 symbols twice,
    /// since embedding and head share no weights here.
    /// </summary>
    [Fact]
    public void It_has_the_parameters_of_GPT_2()
    {
        using var network = new GptNetwork(Symbols, Context, layers: 2, heads: 2, width: 16);

        network.parameters().Sum(p => p.numel()).ShouldBe(2 * (12 * 256 + 13 * 16) + 2 * 16 + (8 + 2 * 11) * 16);
    }

    [Fact]
    public void Parameters_have_the_names_of_nanoGPT()
    {
        using var network = Small();

        network.state_dict().Keys.Order(StringComparer.Ordinal).ShouldBe(
        [
            "lm_head.weight",
            "transformer.h.0.attn.c_attn.bias", "transformer.h.0.attn.c_attn.weight",
            "transformer.h.0.attn.c_proj.bias", "transformer.h.0.attn.c_proj.weight",
            "transformer.h.0.ln_1.bias", "transformer.h.0.ln_1.weight",
            "transformer.h.0.ln_2.bias", "transformer.h.0.ln_2.weight",
            "transformer.h.0.mlp.c_fc.bias", "transformer.h.0.mlp.c_fc.weight",
            "transformer.h.0.mlp.c_proj.bias", "transformer.h.0.mlp.c_proj.weight",
            "transformer.ln_f.bias", "transformer.ln_f.weight",
            "transformer.wpe.weight", "transformer.wte.weight",
        ]);
    }

    [Fact]
    public void Linear_layers_are_prunable_and_embeddings_and_norms_are_not()
    {
        using var network = Small();
        WeightTransfer.Save(network, _folder.File("gpt"));
        using var state = StateDict.Open(_folder.File("gpt"));

        PrunableTensors.Select(state.Tensors).Select(t => t.Name).ShouldBe(
        [
            "lm_head.weight", "transformer.h.0.attn.c_attn.weight", "transformer.h.0.attn.c_proj.weight",
            "transformer.h.0.mlp.c_fc.weight", "transformer.h.0.mlp.c_proj.weight",
        ]);
    }

    [Fact]
    public void A_later_character_does_not_change_an_earlier_logit()
    {
        using var network = Small();
        var before = Rows(network, [1, 2, 3, 4, 5, 6, 7, 8]);

        var after = Rows(network, [1, 2, 3, 4, 5, 9, 10, 0]);

        after.Take(5).SelectMany(r => r).ShouldBe(before.Take(5).SelectMany(r => r));
        after[5].ShouldNotBe(before[5]);
    }

    [Fact]
    public void An_earlier_character_changes_later_logits()
    {
        using var network = Small();

        Rows(network, [3, 2, 3, 4, 5, 6, 7, 8])[7].ShouldNotBe(Rows(network, [1, 2, 3, 4, 5, 6, 7, 8])[7]);
    }

    [Fact]
    public void The_place_of_a_character_matters()
    {
        using var network = Small();

        var rows = Rows(network, [4, 4, 4, 4, 4, 4, 4, 4]);

        rows[1].ShouldNotBe(rows[0]);
    }

    [Fact]
    public void A_beginning_shorter_than_the_context_gives_the_logits_of_the_beginning()
    {
        using var network = Small();

        var rows = Rows(network, [1, 2, 3]);

        rows.Length.ShouldBe(3);
        foreach (var (row, same) in rows.Zip(Rows(network, [1, 2, 3, 4, 5, 6, 7, 8])))
            row.Zip(same).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-5);
    }

    /// <summary>Per position 12 · width² weights of the block and width · symbols of the head; 36 = 8 · 9 / 2 pairs of positions, twice, over the width.</summary>
    [Fact]
    public void Its_cost_is_that_of_its_weights_and_of_the_products_in_attention()
    {
        using var network = Small();

        Flops.Of(network, InputShape.Text(Context))!.Dense.ShouldBe(Context * (12 * 16 * 16 + 16 * Symbols) + 2 * 36 * 16);
    }

    [Fact]
    public void A_width_that_its_heads_do_not_divide_is_refused()
    {
        var architecture = new GptArchitecture();
        var options = new OptionValues(architecture.Info, ModelSpecs.Of("gpt", ("width", 100), ("heads", 8)).Options);

        var failure = Should.Throw<DomainException>(() => architecture.Build(InputShape.Text(Context), Symbols, options)).Failure;

        failure.Reason.ShouldBe("Model gpt has width 100, which is no multiple of its 8 heads.");
        failure.Remedy.ShouldBe("Set the option width to 104, or heads to a divisor of 100.");
    }

    private static GptNetwork Small()
    {
        var network = new GptNetwork(Symbols, Context, layers: 1, heads: 2, width: 16);
        Initialization.Apply(network, 1);
        return network;
    }

    private static float[][] Rows(GptNetwork network, long[] symbols)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var logits = network.call(torch.tensor(symbols, [1, symbols.Length]));
        return [.. MemoryMarshal.Cast<byte, float>(logits.bytes).ToArray().Chunk(Symbols)];
    }
}
