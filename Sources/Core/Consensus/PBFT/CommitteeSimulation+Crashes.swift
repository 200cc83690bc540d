/// Members that crash and come back.
extension CommitteeSimulation {
  /// The life of a member: what was planned in an earlier one does not happen.
  struct Life {
    var number = 0
    var isDown = false
    /// Since when it is back, and how much it has to catch up with.
    var catchingUp: (since: Double, goal: Int)?
  }

  mutating func planCrashes() {
    for crash in setup.crashes {
      journals[crash.member] = CommitteeJournal()
      queue.plan(.crash(crash.member), at: crash.from)
      if !crash.isForEver { queue.plan(.recovery(crash.member), at: crash.until) }
    }
  }

  mutating func crash(_ member: Int) {
    recovery.crashes += 1
    lives[member].number += 1
    lives[member].isDown = true
    lives[member].catchingUp = nil
  }

  mutating func recover(_ member: Int) {
    recovery.returns += 1
    lives[member].isDown = false
    let before = members[member]
    switch setup.memory {
    case .journal: members[member] = journals[member]?.restored(member, setup.quorum) ?? before
    case .nothing:
      members[member] = CommitteeMember(member, setup.quorum)
      journals[member] = CommitteeJournal()
      begun[member] = 0
    }
    if members[member] != before { recovery.isExact = false }
    lives[member].catchingUp = (now, reached.count)
    noteProgress(of: member)
    resume(member)
  }

  /// Its clocks run again, it says again what it said last, and asks what has happened meanwhile.
  private mutating func resume(_ member: Int) {
    let height = members[member].height
    if begun[member] < height { begin(member) } else { keepTime(member) }
    // Also at the goal: what others missed of it is said again when they ask.
    let again = members[member].said + [.question]
    for message in again {
      for other in members.indices where other != member { send(message, from: member, to: other, height: height) }
    }
  }

  /// Whether somebody who came back knows what was known then.
  mutating func noteProgress(of member: Int) {
    guard let (since, goal) = lives[member].catchingUp, members[member].decided.count >= goal else { return }
    recovery.catchUpTimes.append(now - since)
    lives[member].catchingUp = nil
  }

  /// Whether a message is lost because its sender crashed after sending it.
  mutating func isCutShort(of sender: Int, life: Int) -> Bool {
    lives[sender].number != life && stream.uniform() < 0.5
  }
}
