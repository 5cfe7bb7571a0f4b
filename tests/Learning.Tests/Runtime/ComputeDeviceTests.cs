using SparsePipeline.Contracts;
using SparsePipeline.Learning.Runtime;

namespace SparsePipeline.Learning.Tests.Runtime;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu", 2, "cpu")]
    [InlineData("auto", 0, "cpu")]
    [InlineData("auto", 2, "cuda:0")]
    [InlineData("cuda:1", 2, "cuda:1")]
    public void A_name_stands_for_a_device_of_this_machine(string name, int devices, string found) => ComputeDevice.Find(name, devices).ToString().ShouldBe(found);

    [Theory]
    [InlineData("cuda:0", 0, "The device is 'cuda:0', and libtorch finds no CUDA device.")]
    [InlineData("cuda:2", 2, "The device is 'cuda:2', and libtorch finds 2 CUDA device(s), numbered from 0.")]
    [InlineData("gpu", 2, "The device is 'gpu'.")]
    [InlineData("cuda:-1", 2, "The device is 'cuda:-1'.")]
    public void A_device_that_is_not_there_is_refused(string name, int devices, string reason) =>
        Should.Throw<DomainException>(() => ComputeDevice.Find(name, devices)).Failure.Reason.ShouldBe(reason);

    [Fact]
    public void Without_a_word_it_is_the_processor() => (ComputeDevice.Current.ToString(), ComputeDevice.IsDevice).ShouldBe(("cpu", false));

    [Fact]
    public void Operations_that_repeat_can_be_demanded_of_the_library()
    {
        Determinism.Set(on: true);
        var on = Determinism.IsOn;
        Determinism.Set(on: false);

        (on, Determinism.IsOn).ShouldBe((true, false));
    }
}
