using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class ScriptRolesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_tells_which_layers_its_tensors_belong_to()
    {
        ScriptRoles.Of(ExampleScript.TextFile).ShouldBe(
            new Dictionary<string, TensorRole>
            {
                ["embedding.weight"] = TensorRole.Embedding,
                ["conv1.weight"] = TensorRole.Weight,
                ["conv1.bias"] = TensorRole.Bias,
                ["conv2.weight"] = TensorRole.Weight,
                ["conv2.bias"] = TensorRole.Bias,
                ["head.weight"] = TensorRole.Weight,
                ["head.bias"] = TensorRole.Bias,
            },
            ignoreOrder: true);
        ScriptRoles.Of(ExampleScript.File)["features.1.running_mean"].ShouldBe(TensorRole.Norm);
    }

    [Fact]
    public void A_layer_counts_by_its_class_and_not_by_its_name()
    {
        var script = ExampleScript.WithClass(_folder.File("a.pt"), "Linear", "EmbeddingBag", ExampleScript.TextFile);

        ScriptRoles.Of(script)["head.weight"].ShouldBe(TensorRole.Embedding);
    }

    [Fact]
    public void Modules_of_other_classes_say_nothing() =>
        ScriptRoles.Of(ExampleScript.WithClass(_folder.File("b.pt"), "Linear", "Mine", ExampleScript.TextFile)).ContainsKey("head.weight").ShouldBeFalse();

    [Fact]
    public void One_tensor_for_embedding_and_head_is_a_weight_under_both_names()
    {
        var roles = ScriptRoles.Of(ExampleScript.Tied(_folder.File("c.pt")));

        (roles["embedding.weight"], roles["head.weight"]).ShouldBe((TensorRole.Weight, TensorRole.Weight));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0080\u0002")]
    [InlineData("\u0080\u0002}.")]
    [InlineData("\u0080\u0002cos\nsystem\nX\u0002\u0000\u0000\u0000ls\u0085R.")]
    [InlineData("\u0080\u0002((((t.")]
    [InlineData("\u0080\u0002X\u00FF\u00FF\u00FF\u007Fab.")]
    [InlineData("\u0080\u0002h\u0007.")]
    [InlineData("\u0080\u0002c__torch__\nA\n)\u0081q\u0000}X\u0001\u0000\u0000\u0000ah\u0000ub.")]
    public void A_pickle_that_is_broken_or_hostile_says_nothing(string pickle)
    {
        var script = ExampleScript.WithBytes(_folder.File("d.pt"), "data.pkl", _ => System.Text.Encoding.Latin1.GetBytes(pickle), ExampleScript.TextFile);

        ScriptRoles.Of(script).ShouldBeEmpty();
    }

    [Fact]
    public void An_attribute_of_three_values_hides_no_layer()
    {
        // "z", (1, 2, 3), as the last attribute of the script, which "ubq.." ends.
        byte[] attribute = [.. "X\u0001\0\0\0zK\u0001K\u0002K\u0003"u8, 0x87];
        var script = ExampleScript.WithBytes(_folder.File("f.pt"), "data.pkl", bytes => [.. bytes[..^5], .. attribute, .. bytes[^5..]], ExampleScript.TextFile);

        ScriptRoles.Of(script).Count.ShouldBe(7);
        ScriptRoles.Into(TensorSelection.Default, script).Unread.ShouldBeNull();
    }

    [Fact]
    public void A_script_that_cannot_be_read_says_why()
    {
        var script = ExampleScript.WithBytes(_folder.File("g.pt"), "data.pkl", _ => [0x80, 2, 0xFF], ExampleScript.TextFile);

        ScriptRoles.Into(TensorSelection.Default, script).Unread.ShouldBe(
            "The layers of the script could not be read, so tensors are judged by names and shapes: The pickle has the opcode 255, which scripts have not.");
    }

    [Fact]
    public void A_module_that_lies_in_itself_is_not_walked_for_ever()
    {
        // A with the attribute a, which is A.
        const string Pickle = "\u0080\u0002c__torch__\nA\n)\u0081q\u0000}(X\u0001\u0000\u0000\u0000ah\u0000ub.";
        var script = ExampleScript.WithBytes(_folder.File("e.pt"), "data.pkl", _ => System.Text.Encoding.Latin1.GetBytes(Pickle), ExampleScript.TextFile);

        ScriptRoles.Of(script).ShouldBeEmpty();
    }
}
