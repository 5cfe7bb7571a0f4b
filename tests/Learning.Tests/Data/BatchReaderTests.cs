using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class BatchReaderTests
{
    /// <summary>Two examples of 2 channels of 1×3 pixels, of which the second is read: (3, 4, 5) and (9, 10, 11), 5.5 on average.</summary>
    private static readonly Examples Pairs = new(new InputShape(2, 1, 3), [0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11], [0, 1]);

    private readonly BatchReader _reader = new(Pairs, Standardization.Of(Pairs));

    [Fact]
    public void Every_value_arrives_at_its_channel_and_pixel()
    {
        using var inputs = _reader.Read([1]).Inputs;
        var deviation = Math.Sqrt(Enumerable.Range(0, 12).Average(v => (v - 5.5) * (v - 5.5)));

        inputs.shape.ShouldBe([1, 2, 1, 3]);
        inputs.contiguous().data<float>().Select(v => (double)v).ShouldBe(new[] { 3, 4, 5, 9, 10, 11 }.Select(v => (v - 5.5) / deviation), 1e-6);
    }

    /// <summary>The strides that libtorch recognises as channels_last, and hands on.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Channels_of_a_pixel_are_neighbours_in_memory_through_a_convolution(int channels)
    {
        var shape = new InputShape(channels, 8, 6);
        var examples = new Examples(shape, new byte[2 * shape.Size], [0, 1]);
        using var inputs = new BatchReader(examples, Standardization.Of(examples)).Read([0, 1]).Inputs;
        using var convolution = torch.nn.Conv2d(channels, 4, 3, padding: 1);
        using var outputs = convolution.call(inputs);

        inputs.stride().ShouldBe([channels * 48, 1, channels * 6, channels]);
        outputs.stride().ShouldBe([4 * 48, 1, 4 * 6, 4]);
    }

    /// <summary>Outside a dispose scope nobody else would free it before the garbage collector runs.</summary>
    [Fact]
    public void Nothing_of_a_batch_that_was_disposed_of_stays_in_memory()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        var before = statistics.ThreadTotalLiveCount;
        var batch = _reader.Read([0, 1]);
        var read = statistics.ThreadTotalLiveCount;
        batch.Inputs.Dispose();
        batch.Targets!.Dispose();

        (read - before, statistics.ThreadTotalLiveCount - before).ShouldBe((2, 0));
    }

    [Fact]
    public void Rows_of_numbers_and_text_arrive_in_the_order_asked_for()
    {
        var rows = new Examples(InputShape.Row(2), [1f, 10f, 3f, 30f], [7, 8]);
        var text = new Examples(InputShape.Text(2), [1, 2, 3, 4], [2, 3, 4, 5]);
        using var scope = torch.NewDisposeScope();
        var (_, numbers, classes) = new BatchReader(rows, Standardization.Of(rows)).Read([1, 0]);
        var (_, characters, next) = new BatchReader(text, Standardization.Of(text)).Read([1, 0]);

        numbers.shape.ShouldBe([2, 1, 1, 2]);
        numbers.contiguous().data<float>().ToArray().ShouldBe([1, 1, -1, -1]);
        classes!.data<long>().ToArray().ShouldBe([8, 7]);
        characters.shape.ShouldBe([2, 2]);
        characters.data<long>().ToArray().ShouldBe([3, 4, 1, 2]);
        next!.data<long>().ToArray().ShouldBe([4, 5, 2, 3]);
    }

    [Fact]
    public void Wide_tokens_groups_and_second_views_arrive_with_their_examples()
    {
        var text = new Examples(InputShape.Text(2), new ExampleValues<int>([300, 2, 3, 4], 2), new ExampleValues<int>([2, 300, 4, 5], 2)).WithGroups([7, 8]);
        var rows = Examples.Rows(1, [1, 2]).WithSecond(Examples.Rows(1, [3, 4]));
        using var scope = torch.NewDisposeScope();

        var tokens = new BatchReader(text, Standardization.Of(text)).Read([1, 0]);
        var views = new BatchReader(rows, Standardization.Of(rows)).Read([1]);

        tokens.Inputs.data<long>().ToArray().ShouldBe([3, 4, 300, 2]);
        tokens.Targets!.data<long>().ToArray().ShouldBe([4, 5, 2, 300]);
        tokens.Index.ShouldBe([1, 0]);
        tokens.Groups.ShouldBe([8, 7]);
        tokens.View2.ShouldBeNull();
        views.Targets.ShouldBeNull();
        views.Inputs.data<float>()[0].ShouldBe(1, "2 is one deviation above the mean of 1 and 2");
        views.View2!.data<float>()[0].ShouldBe(5, "the second view is standardised as the first is");
    }

    [Fact]
    public void Real_targets_are_standardised_by_the_training_examples()
    {
        var rows = new Examples(InputShape.Row(1), new ExampleValues<float>([0, 0, 0], 1), new ExampleValues<float>([2, 4, 9], 1));
        using var scope = torch.NewDisposeScope();

        new BatchReader(rows, Standardization.Of(rows), new TargetScale(5, 3)).Read([0, 2]).Targets!.data<float>().ToArray().ShouldBe([-1, 4 / 3f]);
        TargetScale.Of(rows, "price").ShouldBe(new TargetScale(5, Math.Sqrt(26 / 3.0)) { Name = "price" });
    }
}
