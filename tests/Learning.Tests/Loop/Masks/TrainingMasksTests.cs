using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class TrainingMasksTests : IDisposable
{
    private readonly TorchSharp.Modules.Linear _network = torch.nn.Linear(3, 1);

    public TrainingMasksTests() => _network.weight!.bytes = MemoryMarshal.AsBytes(new float[] { 1, -2, 3 }.AsSpan());

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Pruned_weights_are_plus_zero_from_the_start_and_a_mask_read_back_is_the_one_given()
    {
        var mask = Masks.Of(("weight", [1, 3], "101"));
        using var masks = new TrainingMasks(_network, mask);

        Weights().ShouldBe([1, 0, 3]);
        masks.ToMask().Digest.ShouldBe(mask.Digest);
        masks.All.Select(w => w.Name).ShouldBe(["weight", "bias"], ignoreOrder: true);
    }

    [Fact]
    public void Weights_that_leave_and_weights_that_come_are_plus_zero_and_the_others_stay()
    {
        using var masks = new TrainingMasks(_network, Masks.Of(("weight", [1, 3], "101")));
        using var scope = torch.NewDisposeScope();

        var changed = masks.All.Single(w => w.Name == "weight").Move(torch.tensor(new float[] { 0, 1, 1 }, [1, 3]));

        Weights().Select(BitConverter.SingleToInt32Bits).ShouldBe(new float[] { 0, 0, 3 }.Select(BitConverter.SingleToInt32Bits));
        changed.data<bool>().ToArray().ShouldBe([true, true, false]);
        masks.ToMask().Digest.ShouldBe(Masks.Of(("weight", [1, 3], "011")).Digest);
    }

    [Fact]
    public void A_mask_is_part_of_resume_points_only_when_a_hook_moves_it()
    {
        using var masks = new TrainingMasks(_network, Masks.Of(("weight", [1, 3], "101")));

        masks.ResumeState.ShouldBeEmpty();
        masks.Take();
        masks.ResumeState.Keys.ShouldBe(["mask/weight"]);
    }

    [Fact]
    public void A_mask_stays_within_its_ceiling()
    {
        using var masks = new TrainingMasks(_network, Masks.Of(("weight", [1, 3], "100")), Masks.Of(("weight", [1, 3], "110")));
        using var scope = torch.NewDisposeScope();
        var weight = masks.All.Single(w => w.Name == "weight");

        weight.Open(weight.Kept!).data<bool>().ToArray().ShouldBe([false, true, false]);
        weight.Move(torch.tensor(new float[] { 0, 1, 0 }, [1, 3]));
        Should.Throw<InvalidOperationException>(() => weight.Move(torch.tensor(new float[] { 0, 0, 1 }, [1, 3]))).Message.ShouldContain("outside its ceiling");
        masks.ToMask().Digest.ShouldBe(Masks.Of(("weight", [1, 3], "010")).Digest);
    }

    [Fact]
    public void A_mask_beyond_its_ceiling_is_refused_by_the_name_of_the_tensor() => Should.Throw<DomainException>(
            () => new TrainingMasks(_network, Masks.Of(("weight", [1, 3], "101")), Masks.Of(("weight", [1, 3], "110"))))
        .Failure.Reason.ShouldBe("The mask of 'weight' keeps weights that its ceiling does not.");

    private float[] Weights() => _network.weight!.detach().data<float>().ToArray();
}
