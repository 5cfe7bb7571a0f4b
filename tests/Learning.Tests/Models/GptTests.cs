using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
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
    public void Tied_it_has_one_table_that_is_written_once_and_says_so()
    {
        using var network = Tied();
        WeightTransfer.Save(network, _folder.File("tied"));
        using var state = StateDict.Open(_folder.File("tied"));

        state.Find("lm_head.weight").ShouldNotBeNull();
        state.Find("transformer.wte.weight").ShouldBeNull();
        state.Metadata["transformer.wte.weight"].ShouldBe("lm_head.weight");
        PrunableTensors.Select(state.Tensors).Count(t => t.Name == "lm_head.weight").ShouldBe(1);
        TiedWeights.Parameters(network).Sum(p => p.Parameter.numel()).ShouldBe((12 * 256) + (13 * 16) + (2 * 16) + ((8 + 11) * 16));
    }

    [Theory]
    [InlineData("lm_head.weight")]
    [InlineData("transformer.wte.weight")]
    [InlineData("lm_head.weight transformer.wte.weight")]
    public void Tied_it_reads_the_table_under_any_of_its_names(string names)
    {
        using (var network = Tied())
            Rewrite(network, names.Split(' '), differ: false);
        using var read = new GptNetwork(Symbols, Context, layers: 1, heads: 2, width: 16, tied: true);

        WeightTransfer.Load(read, _folder.File("rewritten"));

        using var same = Tied();
        Rows(read, [1, 2, 3]).SelectMany(r => r).ShouldBe(Rows(same, [1, 2, 3]).SelectMany(r => r));
    }

    [Fact]
    public void Tied_it_refuses_two_tables_that_differ()
    {
        using var network = Tied();
        Rewrite(network, ["lm_head.weight", "transformer.wte.weight"], differ: true);

        Should.Throw<DomainException>(() => WeightTransfer.Load(network, _folder.File("rewritten"))).Failure.Reason
            .ShouldContain("'lm_head.weight' and 'transformer.wte.weight' are one tensor in the model and differ");
    }

    [Fact]
    public void Tied_it_is_updated_once_and_what_is_pruned_of_the_head_is_pruned_of_the_embedding()
    {
        using var network = Tied();
        var mask = TestKit.Masks.Of(("lm_head.weight", [Symbols, 16], string.Concat(Enumerable.Repeat("01", Symbols * 8))));
        using var masks = new TrainingMasks(network, mask);
        using var optimizer = new SgdOptimizer(masks, momentum: 0, weightDecay: 0);
        var table = network.state_dict()["transformer.wte.weight"];
        using var before = table.detach().clone();
        using (var loss = network.call(torch.tensor(new long[] { 1, 2, 3 }, [1, 3])).pow(2).sum())
            loss.backward();
        using var gradient = table.grad!.clone();

        optimizer.Step(0.5);

        optimizer.State.Keys.Count(k => k.EndsWith("lm_head.weight", StringComparison.Ordinal) || k.EndsWith("wte.weight", StringComparison.Ordinal)).ShouldBe(1);
        var (old, slope, now) = (Floats(before), Floats(gradient), Floats(table));
        for (var i = 0; i < now.Length; i++)
            now[i].ShouldBe(i % 2 == 0 ? 0 : old[i] - (0.5f * slope[i]), 1e-6);
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

    private static GptNetwork Tied()
    {
        var network = new GptNetwork(Symbols, Context, layers: 1, heads: 2, width: 16, tied: true);
        Initialization.Apply(network, 1);
        return network;
    }

    private static float[] Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes).ToArray();

    private void Rewrite(GptNetwork network, string[] names, bool differ)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = TiedWeights.Of(network).Tensors.ToDictionary();
        tensors.Remove("lm_head.weight", out var table);
        foreach (var (name, index) in names.Select((n, i) => (n, i)))
            tensors.Add(name, differ && index == 1 ? table!.detach().add(1) : table!);
        WeightTransfer.Save(tensors, _folder.File("rewritten"));
    }

    private static float[][] Rows(GptNetwork network, long[] symbols)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var logits = network.call(torch.tensor(symbols, [1, symbols.Length]));
        return [.. MemoryMarshal.Cast<byte, float>(logits.bytes).ToArray().Chunk(Symbols)];
    }
}
