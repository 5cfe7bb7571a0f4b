namespace SparsePipeline.Checkpoints.Tests;

public sealed class TensorInfoTests
{
    [Fact]
    public void Tensors_are_equal_by_name_type_and_each_dimension()
    {
        var tensor = TensorInfo.Of("a", TensorType.F16, 2, 3);

        tensor.ShouldBe(TensorInfo.Of("a", TensorType.F16, 2, 3));
        tensor.GetHashCode().ShouldBe(TensorInfo.Of("a", TensorType.F16, 2, 3).GetHashCode());
        tensor.ShouldNotBe(TensorInfo.Of("a", TensorType.F16, 3, 2));
        tensor.ShouldNotBe(TensorInfo.Of("a", TensorType.BF16, 2, 3));
        tensor.ShouldNotBe(TensorInfo.Of("b", TensorType.F16, 2, 3));
    }

    [Theory]
    [InlineData(TensorType.F64, 48)]
    [InlineData(TensorType.F32, 24)]
    [InlineData(TensorType.BF16, 12)]
    [InlineData(TensorType.Bool, 6)]
    public void Length_is_count_times_element_size(TensorType type, long bytes) =>
        TensorInfo.Of("a", type, 2, 3).ByteLength.ShouldBe(bytes);

    [Fact]
    public void A_scalar_has_one_element_and_a_zero_dimension_none()
    {
        TensorInfo.Of("a", TensorType.F32).Count.ShouldBe(1);
        TensorInfo.Of("a", TensorType.F32, 4, 0).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(1L << 32, 1L << 32, 1)]
    [InlineData(1L << 32, 1L << 32, 0)]
    [InlineData(0, 1L << 32, 1L << 32)]
    [InlineData(-1, 2, 3)]
    public void A_shape_that_cannot_be_counted_is_refused(long one, long two, long three) =>
        Should.Throw<ArgumentException>(() => TensorInfo.Of("a", TensorType.F32, one, two, three))
            .Message.ShouldContain($"[{one}, {two}, {three}]");
}
