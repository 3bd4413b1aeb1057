using CsCheck;
using Headrace.Streams.Settings;

namespace Headrace.Streams.Tests.Settings;

public class EncryptionHistoryTests
{
    [Fact]
    public void Nothing_is_encrypted_without_a_change()
    {
        EncryptionHistory.None.KeyId.ShouldBeNull();
        EncryptionHistory.None.Covers(long.MaxValue).ShouldBeFalse();
    }

    [Fact]
    public void A_record_is_what_the_last_change_before_it_made_it() =>
        Gen.Select(Gen.Int[0, 50], Gen.Bool).List[1, 12].Sample(changes =>
        {
            // A later change at the same time takes the earlier one's place.
            var history = EncryptionHistory.None;
            var model = new SortedDictionary<int, bool>();
            foreach (var (since, on) in changes.OrderBy(change => change.Item1))
            {
                history = history.With(new EncryptionChange(since, on ? "key" : null));
                model[since] = on;
            }
            for (var time = -1; time <= 51; time++)
                history.Covers(time).ShouldBe(model.LastOrDefault(change => change.Key <= time).Value, $"at {time}");
            history.KeyId.ShouldBe(model.Last().Value ? "key" : null);
            EncryptionHistory.Of(model.Select(change => new EncryptionChange(change.Key, change.Value ? "key" : null))).KeyId.ShouldBe(history.KeyId);
        });
}
