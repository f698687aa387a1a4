"""Who gets what from every route, written by hand from policy.md, "Who may do what". Nothing here is derived from the code.

One line: method, address, and an answer for each of fifteen people:

    W  social worker of north; asked for the checks and looks, unless the record says otherwise; reads the restricted record
    C  social worker of north, a team-mate; looks in the check `for_colleague`
    O  social worker of south; asked for the check `south`
    M  manager of north; asked for the check `waiting_of_manager`; reads the restricted record
    N  manager of south
    H  head: manager of the department, the parent team
    D  duty manager and worker, on the rota now, who has said why they come to everybody who is not restricted
    d  the same, not on the rota
    L  legal reviewer        A  authorising officer
    S  Senior Responsible Officer        U  auditor
    X  administrator
    c  a social worker of north who has left, with the cookie of a session from before
    -  nobody signed in

    y  allowed        n  refused, and the refusal recorded        0  not found: it is not theirs to know of
    r  asked first why they come to it on duty
    f  the page is shown, and its form cannot be sent: no team of theirs works with the person
    >  sent to sign in

`{person}` and the like are records of the furnished council (`tests/fixtures/furnishing.py` and `furnishing_records.py`):
north and south work with `person`, `other`, `ordered`; south alone with `elsewhere`; `restricted` is for W and M alone.
`{search}` is a search of their own (of W where they may not search).
"""

ROUTES = """
# Open to anybody
                                                                W C O M N H D d L A S U X c -
GET  /accessibility                                             y y y y y y y y y y y y y y y
GET  /privacy                                                   y y y y y y y y y y y y y y y
GET  /cookies                                                   y y y y y y y y y y y y y y y
GET  /help                                                      y y y y y y y y y y y y y y y
GET  /health                                                    y y y y y y y y y y y y y y y
GET  /assets/application.css                                    y y y y y y y y y y y y y y y
GET  /sign-in                                                   y y y y y y y y y y y y y y y
POST /sign-in                                                   y y y y y y y y y y y y y y y

# For everybody signed in
                                                                W C O M N H D d L A S U X c -
GET  /                                                          y y y y y y y y y y y y y > >
GET  /settings                                                  y y y y y y y y y y y y y > >
GET  /settings/password                                         y y y y y y y y y y y y y > >
POST /settings/password                                         y y y y y y y y y y y y y > >
GET  /settings/cover                                            y y y y y y y y y y y y y > >
GET  /settings/cover/new                                        y y y y y y y y y y y y y > >
POST /settings/cover/new                                        y y y y y y y y y y y y f > >
GET  /unsaved                                                   y y y y y y y y y y y y y > >
POST /sign-out                                                  y y y y y y y y y y y y y > >
GET  /policy                                                    y y y y y y y n y y y y y > >
GET  /corporate-profiles                                        y y y y y y y n y y y y y > >

# Finding people: workers, Legal, and those who read everything
                                                                W C O M N H D d L A S U X c -
GET  /people                                                    y y y y y y y n y n y y n > >
POST /people                                                    y y y y y y y n y n y y n > >
GET  /people/found/{search}                                     y y y y y y y n y n y y n > >
GET  /people/found/{search:worker}                              y 0 0 0 0 0 0 n 0 n 0 0 n > >
GET  /people/found/DRF-0000-0000                                0 0 0 0 0 0 0 n 0 n 0 0 n > >
GET  /people/new                                                y y y y y y y n n n n n n > >
POST /people/new                                                y y y y y y y n n n n n n > >

# A person: any worker opens a record that is not restricted; Legal and those who read everything open any
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}                                           y y y y y y y n y n y y n > >
GET  /people/{elsewhere}                                        y y y y y y y n y n y y n > >
GET  /people/{unopened}                                         y y y y y y r n y n y y n > >
GET  /people/{unopened}/details                                 y y y y y y r n n n n n n > >
GET  /people/{restricted}                                       y n n y n n n n y n y y n > >
GET  /people/{restricted_twin}                                  y n n y n n n n y n y y n > >
GET  /people/PER-0000-0000                                      0 0 0 0 0 0 0 n 0 n 0 0 n > >
GET  /people/{permit}                                           0 0 0 0 0 0 0 n 0 n 0 0 n > >
GET  /people/{person}/details                                   y y y y y y y n n n n n n > >
POST /people/{person}/details                                   y y y y y y y n n n n n n > >
GET  /people/{restricted}/details                               y n n y n n n n n n n n n > >
POST /people/{restricted}/details                               y n n y n n n n n n n n n > >
GET  /people/{person}/restrict                                  n n n y y y y n n n n n n > >
POST /people/{person}/restrict                                  n n n y y y y n n n n n n > >
GET  /people/{restricted}/restrict                              n n n y n n n n n n n n n > >
POST /people/{restricted}/restrict                              n n n y n n n n n n n n n > >
GET  /people/{person}/lift-restriction                          n n n 0 0 0 0 n n n n n n > >
GET  /people/{restricted}/lift-restriction                      n n n y n n n n n n n n n > >
POST /people/{restricted}/lift-restriction                      n n n y n n n n n n n n n > >

# Family and household
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}/family                                    y y y y y y y n y n y y n > >
POST /people/{person}/family                                    y y y y y y y n y n y y n > >
GET  /people/{restricted}/family                                y n n y n n n n y n y y n > >
POST /people/{restricted}/family                                y n n y n n n n y n y y n > >
GET  /people/{person}/family/add/{search}                       y y y y y y y n n n n n n > >
POST /people/{person}/family/add/{search}                       y y y y y y y n n n n n n > >
GET  /people/{person}/family/add/{search:worker}                y 0 0 0 0 0 0 n n n n n n > >
POST /people/{person}/family/add/{search:worker}                y 0 0 0 0 0 0 n n n n n n > >
GET  /people/{restricted}/family/add/{search}                   y n n y n n n n n n n n n > >
POST /people/{restricted}/family/add/{search}                   y n n y n n n n n n n n n > >
GET  /people/{person}/family/new                                y y y y y y y n n n n n n > >
POST /people/{person}/family/new                                y y y y y y y n n n n n n > >
GET  /people/{restricted}/family/new                            y n n y n n n n n n n n n > >
POST /people/{restricted}/family/new                            y n n y n n n n n n n n n > >
GET  /people/{person}/family/{family}/end                       y y y y y n y n n n n n n > >
POST /people/{person}/family/{family}/end                       y y y y y n y n n n n n n > >
GET  /people/{relative}/family/{restricted_family}/end          y n n y n n n n n n n n n > >
POST /people/{relative}/family/{restricted_family}/end          y n n y n n n n n n n n n > >
GET  /people/{elsewhere}/family/{family}/end                    0 0 0 0 0 0 0 n n n n n n > >

# Involvements: a team's own; it is closed by somebody of the team
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}/involvements                              y y y y y y y n y n y y n > >
POST /people/{person}/involvements                              y y y y y y y n n n n n n > >
GET  /people/{restricted}/involvements                          y n n y n n n n y n y y n > >
POST /people/{restricted}/involvements                          y n n y n n n n n n n n n > >
GET  /people/{person}/involvements/{person_involvement_north}/close          y y n y n n n n n n n n n > >
POST /people/{person}/involvements/{person_involvement_north}/close          y y n y n n n n n n n n n > >
GET  /people/{person}/involvements/{person_involvement_south}/close          n n y n y n n n n n n n n > >
POST /people/{person}/involvements/{person_involvement_south}/close          n n y n y n n n n n n n n > >
GET  /people/{restricted}/involvements/{restricted_involvement_north}/close  y n n y n n n n n n n n n > >
POST /people/{restricted}/involvements/{restricted_involvement_north}/close  y n n y n n n n n n n n n > >
GET  /people/{person}/involvements/{person_involvement_north}/move           y y y y y y y n n n n n n > >
POST /people/{person}/involvements/{person_involvement_north}/move           y y n y n n n n n n n n n > >
POST /people/{person}/involvements/{person_involvement_south}/move           n n y n y n n n n n n n n > >
GET  /people/{restricted}/involvements/{restricted_involvement_north}/move   y n n y n n n n n n n n n > >
POST /people/{restricted}/involvements/{restricted_involvement_north}/move   y n n y n n n n n n n n n > >
GET  /people/{other}/involvements/{person_involvement_north}/move            0 0 0 0 0 0 0 n n n n n n > >
GET  /people/{other}/involvements/{person_involvement_north}/close           0 0 0 0 0 0 0 n n n n n n > >

# Profiles, and records that are one person: linked by workers, undone by managers
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}/profiles                                  y y y y y y y n y n y y n > >
POST /people/{person}/profiles                                  y y y y y y y n n n n n n > >
GET  /people/{restricted}/profiles                              y n n y n n n n y n y y n > >
POST /people/{restricted}/profiles                              y n n y n n n n n n n n n > >
GET  /people/{person}/links                                     y y y y y y y n y n y y n > >
POST /people/{person}/links                                     y y y y y y y n y n y y n > >
GET  /people/{restricted}/links                                 y n n y n n n n y n y y n > >
POST /people/{restricted}/links                                 y n n y n n n n y n y y n > >
GET  /people/{person}/links/add/{search}                        y y y y y y y n n n n n n > >
POST /people/{person}/links/add/{search}                        y y y y y y y n n n n n n > >
GET  /people/{person}/links/add/{search:worker}                 y 0 0 0 0 0 0 n n n n n n > >
GET  /people/{restricted}/links/add/{search}                    y n n y n n n n n n n n n > >
POST /people/{restricted}/links/add/{search}                    y n n y n n n n n n n n n > >
GET  /people/{person}/links/with/{elsewhere}                    y y y y y y y n n n n n n > >
POST /people/{person}/links/with/{elsewhere}                    y y y y y y y n n n n n n > >
GET  /people/{person}/links/with/{restricted}                   y n n y n n n n n n n n n > >
POST /people/{person}/links/with/{restricted}                   y n n y n n n n n n n n n > >
GET  /people/{restricted}/links/with/{person}                   y n n y n n n n n n n n n > >
GET  /people/{person}/network                                   y y y y y y y n y n y y n > >
GET  /people/{restricted}/network                               y n n y n n n n y n y y n > >
GET  /people/may-be-one-person                                  n n n y y y y n n n n n n > >
GET  /people/{other}/links/{link}/undo                          n n n y y y y n n n n n n > >
POST /people/{other}/links/{link}/undo                          n n n y y y y n n n n n n > >
GET  /people/{restricted}/links/{restricted_link}/undo          n n n y n n n n n n n n n > >
POST /people/{restricted}/links/{restricted_link}/undo          n n n y n n n n n n n n n > >

# Asking: in a team of one's own that works with the person
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}/checks/new                                y y y y y y y n n n n n n > >
POST /people/{person}/checks/new                                y y y y y f y n n n n n n > >
GET  /people/{elsewhere}/checks/new                             y y y y y y y n n n n n n > >
POST /people/{elsewhere}/checks/new                             f f y f y f y n n n n n n > >
GET  /people/{restricted}/checks/new                            y n n y n n n n n n n n n > >
POST /people/{restricted}/checks/new                            y n n y n n n n n n n n n > >
GET  /danger                                                    y y y y y y y n n n n n n > >
GET  /people/{unopened}/duty                                    n n n n n n y n n n n n n > >
POST /people/{unopened}/duty                                    n n n n n n y n n n n n n > >
GET  /people/{restricted}/duty                                  n n n n n n n n n n n n n > >
GET  /duty/openings                                             y y y y y y y n n n y y n > >
GET  /duty/openings/{openings}                                  n n n y n n n n n n n n n > >
POST /duty/openings/{openings}                                  n n n y n n n n n n n n n > >
GET  /duty/openings/{legal_task}                                0 0 0 0 0 0 0 n 0 0 0 n n > >
GET  /duty/openings/TSK-0000-0000                               0 0 0 0 0 0 0 n 0 0 0 n n > >
GET  /people/PER-0000-0000/duty                                 n n n n n n 0 n n n n n n > >
POST /danger                                                    y y y y y y y n n n n n n > >
GET  /people/{person}/late-entry                                y y y y y y y n n n n n n > >
POST /people/{person}/late-entry                                y y y y y f y n n n n n n > >
GET  /people/{restricted}/late-entry                            y n n y n n n n n n n n n > >
POST /people/{restricted}/late-entry                            y n n y n n n n n n n n n > >
GET  /people/{person}/sightings/new                             y y y y y y y n n n n n n > >
POST /people/{person}/sightings/new                             y y y y y f y n n n n n n > >
GET  /people/{restricted}/sightings/new                         y n n y n n n n n n n n n > >
POST /people/{restricted}/sightings/new                         y n n y n n n n n n n n n > >

# Legal: cases that lie with Legal, advice, holds and the count. Those who read everything read the cases too
                                                                W C O M N H D d L A S U X c -
GET  /referrals                                                 n n n n n n n n y n y y n > >
GET  /referrals/{referral}                                      n n n n n n n n y n y y n > >
GET  /referrals/{error_referral}                                n n n n n n n n y n y y n > >
GET  /referrals/REF-0000-0000                                   n n n n n n n n 0 n 0 0 n > >
POST /referrals/{referral}/take                                 n n n n n n n n y n n n n > >
POST /referrals/{taken_referral}/give-back                      n n n n n n n n y n n n n > >
GET  /referrals/{taken_referral}/resolve                        n n n n n n n n y n n n n > >
POST /referrals/{taken_referral}/resolve                        n n n n n n n n y n n n n > >
GET  /referrals/{error_referral}/resolve                        n n n n n n n n y n n n n > >
POST /referrals/{error_referral}/resolve                        n n n n n n n n y n n n n > >
GET  /referrals/{taken_referral}/question                       n n n n n n n n y n n n n > >
POST /referrals/{taken_referral}/question                       n n n n n n n n y n n n n > >
GET  /people/{person}/advice                                    n n n n n n n n y n n n n > >
POST /people/{person}/advice                                    n n n n n n n n y n n n n > >
GET  /people/{restricted}/advice                                n n n n n n n n y n n n n > >
GET  /people/{held_person}/advice/{advice_draft}                n n n n n n n n y n n n n > >
POST /people/{held_person}/advice/{advice_draft}                n n n n n n n n y n n n n > >
GET  /people/{person}/advice/{draft}                            n n n n n n n n 0 n n n n > >
GET  /people/{person}/hold                                      n n n n n n n n y n n n n > >
POST /people/{person}/hold                                      n n n n n n n n y n n n n > >
GET  /holds/{hold}/release                                      n n n n n n n n y n n n n > >
POST /holds/{hold}/release                                      n n n n n n n n y n n n n > >
GET  /people/{person}/count                                     n n n n n n n n y n n n n > >
POST /people/{long_closed}/count                                n n n n n n n n y n n n n > >

# Sealed records: read by whom Legal names, Legal and those who read everything; nothing crosses them, not even for those who read both
                                                                W C O M N H D d L A S U X c -
GET  /people/{sealed}                                           y n n y n n n n y n y y n > >
GET  /people/{sealed}/details                                   y n n y n n n n n n n n n > >
POST /people/{sealed}/details                                   y n n y n n n n n n n n n > >
GET  /people/{sealed}/restrict                                  n n n y n n n n n n n n n > >
POST /people/{sealed}/restrict                                  n n n f n n n n n n n n n > >
GET  /people/{sealed}/lift-restriction                          n n n y n n n n n n n n n > >
POST /people/{sealed}/lift-restriction                          n n n f n n n n n n n n n > >
GET  /people/{sealed}/involvements                              y n n y n n n n y n y y n > >
GET  /people/{sealed}/profiles                                  y n n y n n n n y n y y n > >
GET  /people/{sealed}/family                                    y n n y n n n n y n y y n > >
GET  /people/{sealed}/links                                     y n n y n n n n y n y y n > >
GET  /people/{sealed}/network                                   y n n y n n n n y n y y n > >
GET  /people/{sealed}/checks/new                                y n n y n n n n n n n n n > >
GET  /people/{sealed}/late-entry                                y n n y n n n n n n n n n > >
GET  /people/{sealed}/sightings/new                             y n n y n n n n n n n n n > >
GET  /people/{sealed}/consents/new                              y n n y n n n n n n n n n > >
GET  /people/{sealed}/notices/new                               y n n y n n n n n n n n n > >
GET  /people/{sealed}/orders/report                             y n n y n n n n n n n n n > >
GET  /people/{sealed}/advice                                    n n n n n n n n y n n n n > >
GET  /people/{sealed}/hold                                      n n n n n n n n y n n n n > >
GET  /people/{sealed}/seal                                      n n n n n n n n y n n n n > >
POST /people/{sealed}/seal                                      n n n n n n n n y n n n n > >
GET  /people/{sealed}/unseal                                    n n n n n n n n y n n n n > >
POST /people/{sealed}/unseal                                    n n n n n n n n y n n n n > >
GET  /people/{sealed}/counterparts                              n n n n n n n n y n n n n > >
POST /people/{sealed}/counterparts                              n n n n n n n n y n n n n > >
GET  /people/{sealed_other}/counterparts                        n n n n n n n n y n n n n > >
GET  /people/{sealed_other}/links/with/{sealed}                 n n n n n n n n n n n n n > >
GET  /people/{sealed}/links/with/{sealed_other}                 n n n n n n n n n n n n n > >
GET  /restricted-records                                        n n n n n n n n y n n n n > >
GET  /people/{restricted}/readers                               n n n n n n n n y n n n n > >
POST /people/{restricted}/readers                               n n n n n n n n y n n n n > >
GET  /people/{sealed}/readers                                   n n n n n n n n 0 n n n n > >
GET  /people/{person}/readers                                   n n n n n n n n 0 n n n n > >
GET  /people/{person}/seal                                      n n n n n n n n y n n n n > >
POST /people/{person}/seal                                      n n n n n n n n y n n n n > >
GET  /people/{person}/unseal                                    n n n n n n n n 0 n n n n > >
GET  /people/{person}/ask-to-seal                               n n n y y y y n n n n n n > >
POST /people/{person}/ask-to-seal                               n n n y y y y n n n n n n > >
GET  /people/{unopened}/ask-to-seal                             n n n y y y r n n n n n n > >
GET  /people/{restricted}/ask-to-seal                           n n n y n n n n n n n n n > >
POST /people/{restricted}/ask-to-seal                           n n n y n n n n n n n n n > >
GET  /people/{sealed}/ask-to-seal                               n n n y n n n n n n n n n > >
POST /people/{sealed}/ask-to-seal                               n n n f n n n n n n n n n > >
GET  /people/{asked_to_seal}/ask-to-seal                        n n n y y y y n n n n n n > >
POST /people/{asked_to_seal}/ask-to-seal                        n n n f f f f n n n n n n > >
GET  /referrals/{seal_referral}                                 n n n n n n n n y n y y n > >
POST /referrals/{seal_referral}/take                            n n n n n n n n y n n n n > >
GET  /referrals/{seal_referral}/resolve                         n n n n n n n n y n n n n > >
GET  /counterparts/{counterpart}/end                            n n n n n n n n y n n n n > >
POST /counterparts/{counterpart}/end                            n n n n n n n n y n n n n > >
GET  /counterparts/{counterpart}/weigh                          n n n n n n n n y n n n n > >
POST /counterparts/{counterpart}/weigh                          n n n n n n n n y n n n n > >
GET  /counterparts/CPT-0000-0000/end                            n n n n n n n n 0 n n n n > >
GET  /checks/{sealed_check}                                     y n n y n n n n y n y y n > >
GET  /referrals/{sealed_referral}                               n n n n n n n n y n y y n > >

# A draft is seen by who typed it, and by nobody else
                                                                W C O M N H D d L A S U X c -
GET  /checks/drafts/{draft}/why                                 y 0 0 0 0 0 0 n n n n n n > >
POST /checks/drafts/{draft}/why                                 y 0 0 0 0 0 0 n n n n n n > >
GET  /checks/drafts/{draft}/ask-first                           y 0 0 0 0 0 0 n n n n n n > >
GET  /checks/drafts/{draft}/look                                y 0 0 0 0 0 0 n n n n n n > >
POST /checks/drafts/{draft}/look                                y 0 0 0 0 0 0 n n n n n n > >
GET  /checks/drafts/{draft}/agreement                           y 0 0 0 0 0 0 n n n n n n > >
POST /checks/drafts/{draft}/agreement                           y 0 0 0 0 0 0 n n n n n n > >
GET  /checks/drafts/{draft}/answers                             y 0 0 0 0 0 0 n n n n n n > >
POST /checks/drafts/{draft}/answers                             y 0 0 0 0 0 0 n n n n n n > >
GET  /checks/drafts/{draft}/discard                             y 0 0 0 0 0 0 n n n n n n > >
POST /checks/drafts/{draft}/discard                             y 0 0 0 0 0 0 n n n n n n > >
GET  /checks/drafts/{same_draft}/same-for                       y 0 0 0 0 0 0 n n n n n n > >
POST /checks/drafts/{same_draft}/same-for                       y 0 0 0 0 0 0 n n n n n n > >
GET  /checks/drafts/{same_draft}/same-for/discard               y 0 0 0 0 0 0 n n n n n n > >
POST /checks/drafts/{same_draft}/same-for/discard               y 0 0 0 0 0 0 n n n n n n > >

# What is due or overdue: for everybody who acts; a task only for those it waits for, and never for whom it is about
                                                                W C O M N H D d L A S U X c -
GET  /tasks                                                     y y y y y y y n y y y n n > >
GET  /tasks/{task}                                              n n n y n n n n n n n n n > >
POST /tasks/{task}                                              n n n y n n n n n n n n n > >
GET  /tasks/{legal_task}                                        n n n n n n n n y n n n n > >
GET  /tasks/{restricted_task}                                   y n n n n n n n n n n n n > >
POST /tasks/{restricted_task}                                   y n n n n n n n n n n n n > >
GET  /tasks/TSK-0000-0000                                       0 0 0 0 0 0 0 n 0 0 0 n n > >

# A check: its team, who asked, who looks, Legal where it was sent to them, and those who read everything
                                                                W C O M N H D d L A S U X c -
GET  /checks                                                    y y y y y y y n n n n n n > >
GET  /checks/{permit}                                           y y n y n n n n n n y y n > >
GET  /checks/{for_colleague}                                    y y n y n n n n n n y y n > >
GET  /checks/{waiting_of_manager}                               y y n y n n n n n n y y n > >
GET  /checks/{south}                                            n n y n y n n n n n y y n > >
GET  /checks/{blocked}                                          y y n y n n n n n n y y n > >
GET  /checks/{with_legal}                                       y y n y n n n n y n y y n > >
GET  /checks/{restricted_permit}                                y n n y n n n n n n y y n > >
GET  /checks/CHK-0000-0000                                      0 0 0 0 0 0 0 n 0 n 0 0 n > >

# Looking: only who was named to look. What it means for the case, withdrawing, asking again: only who asked. What became of telling
# the person: who asked, and the managers of the team and above it who may open the record
                                                                W C O M N H D d L A S U X c -
POST /checks/{permit}/start                                     y n n n n n n n n n n n n > >
POST /checks/{for_colleague}/start                              n y n n n n n n n n n n n > >
POST /checks/{restricted_permit}/start                          y n n n n n n n n n n n n > >
GET  /checks/{permit}/not-used                                  y n n n n n n n n n n n n > >
POST /checks/{permit}/not-used                                  y n n n n n n n n n n n n > >
GET  /checks/{for_colleague}/not-used                           n y n n n n n n n n n n n > >
POST /checks/{for_colleague}/not-used                           n y n n n n n n n n n n n > >
GET  /checks/{permit}/report                                    y n n n n n n n n n n n n > >
POST /checks/{permit}/report                                    y n n n n n n n n n n n n > >
GET  /checks/{for_colleague}/report                             n y n n n n n n n n n n n > >
POST /checks/{for_colleague}/report                             n y n n n n n n n n n n n > >
GET  /checks/{restricted_permit}/report                         y n n n n n n n n n n n n > >
POST /checks/{restricted_permit}/report                         y n n n n n n n n n n n n > >
GET  /checks/{seen}/outcome                                     y n n n n n n n n n n n n > >
POST /checks/{seen}/outcome                                     y n n n n n n n n n n n n > >
GET  /checks/{in_danger}/danger-outcome                         y n n n n n n n n n n n n > >
POST /checks/{in_danger}/danger-outcome                         y n n n n n n n n n n n n > >
GET  /checks/{to_be_told}/told                                  y n n y n y n n n n n n n > >
POST /checks/{to_be_told}/told                                  y n n y n y n n n n n n n > >
GET  /checks/{restricted_to_be_told}/told                       y n n y n n n n n n n n n > >
POST /checks/{restricted_to_be_told}/told                       y n n y n n n n n n n n n > >
GET  /checks/CHK-0000-0000/told                                 0 0 0 0 0 0 0 n n n n n n > >
GET  /checks/{waiting}/telephone                                y n n n n n n n n n n n n > >
POST /checks/{waiting}/telephone                                y n n n n n n n n n n n n > >
GET  /checks/CHK-0000-0000/telephone                            0 0 0 0 0 0 0 n n n n n n > >
GET  /checks/{by_telephone}/telephone/confirm                   n n n n n n y n n n n n n > >
POST /checks/{by_telephone}/telephone/confirm                   n n n n n n y n n n n n n > >
GET  /checks/CHK-0000-0000/telephone/confirm                    0 0 0 0 0 0 0 0 0 0 0 0 0 > >
GET  /checks/{waiting}/withdraw                                 y n n n n n n n n n n n n > >
POST /checks/{waiting}/withdraw                                 y n n n n n n n n n n n n > >
GET  /checks/{waiting_of_manager}/withdraw                      n n n y n n n n n n n n n > >
POST /checks/{waiting_of_manager}/withdraw                      n n n y n n n n n n n n n > >
GET  /checks/{with_legal}/withdraw                              y n n n n n n n n n n n n > >
POST /checks/{with_legal}/withdraw                              y n n n n n n n n n n n n > >
GET  /checks/{waiting}/questions/{question}                     y n n n n n n n n n n n n > >
POST /checks/{waiting}/questions/{question}                     y n n n n n n n n n n n n > >
GET  /checks/{with_legal}/questions/{question}                  0 n n n n n n n n n n n n > >
POST /checks/{waiting}/ask-again                                y n n n n n n n n n n n n > >
POST /checks/{waiting_of_manager}/ask-again                     n n n y n n n n n n n n n > >
POST /checks/{with_legal}/ask-again                             y n n n n n n n n n n n n > >

# The same about others of the household: only who asked; what came of it is for whoever may open the check
                                                                W C O M N H D d L A S U X c -
GET  /checks/{permit}/same-for                                  y n n n n n n n n n n n n > >
POST /checks/{permit}/same-for                                  y n n n n n n n n n n n n > >
GET  /checks/{waiting_of_manager}/same-for                      n n n y n n n n n n n n n > >
GET  /checks/{restricted_permit}/same-for                       y n n n n n n n n n n n n > >
GET  /checks/{in_danger}/same-for                               0 n n n n n n n n n n n n > >
GET  /checks/{permit}/same-for/asked                            y y n y n n n n n n y y n > >
GET  /checks/{south}/same-for/asked                             n n y n y n n n n n y y n > >
GET  /checks/{restricted_permit}/same-for/asked                 y n n y n n n n n n y y n > >

# What was said and told: recorded by a team that works with the person
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}/consents/new                              y y y y y n y n n n n n n > >
POST /people/{person}/consents/new                              y y y y y n y n n n n n n > >
GET  /people/{elsewhere}/consents/new                           n n y n y n y n n n n n n > >
POST /people/{elsewhere}/consents/new                           n n y n y n y n n n n n n > >
GET  /people/{restricted}/consents/new                          y n n y n n n n n n n n n > >
POST /people/{restricted}/consents/new                          y n n y n n n n n n n n n > >
GET  /people/{person}/notices/new                               y y y y y n y n n n n n n > >
POST /people/{person}/notices/new                               y y y y y n y n n n n n n > >
GET  /people/{restricted}/notices/new                           y n n y n n n n n n n n n > >
POST /people/{restricted}/notices/new                           y n n y n n n n n n n n n > >
GET  /notices/{ordered_notice}/objection                        y y y y y n y n n n n n n > >
POST /notices/{ordered_notice}/objection                        y y y y y n y n n n n n n > >
GET  /notices/{restricted_notice}/objection                     y n n y n n n n n n n n n > >
POST /notices/{restricted_notice}/objection                     y n n y n n n n n n n n n > >
GET  /consents/{ordered_consent}                                y y y y y y y n y n y y n > >
GET  /consents/{restricted_consent}                             y n n y n n n n y n y y n > >
GET  /consents/{disagreement}/settle                            n n n n n n n n y n n n n > >
POST /consents/{disagreement}/settle                            n n n n n n n n y n n n n > >
GET  /consents/{ordered_consent}/settle                         n n n n n n n n 0 n n n n > >
GET  /consents/CNS-0000-0000                                    0 0 0 0 0 0 0 n 0 n 0 0 n > >
GET  /notices/{ordered_notice}                                  y y y y y y y n y n y y n > >
GET  /notices/{restricted_notice}                               y n n y n n n n y n y y n > >

# Recorded in error: said by who may read it; answered by somebody else, a manager or Legal
                                                                W C O M N H D d L A S U X c -
GET  /in-error/{ordered_consent}                                y y n y n n n n y n n n n > >
POST /in-error/{ordered_consent}                                y y n y n n n n y n n n n > >
GET  /in-error/{restricted_consent}                             y n n y n n n n y n n n n > >
GET  /in-error/{waiting}                                        y y n y n n n n n n n n n > >
POST /in-error/{waiting}                                        y y n y n n n n n n n n n > >
GET  /in-error/{with_legal}                                     y y n y n n n n y n n n n > >
GET  /in-error/{ordered_ripa}                                   n n n n n n n n y y n n n > >
GET  /in-error/{person}                                         0 0 0 0 0 0 0 n 0 0 n n n > >
GET  /in-error/{objected_notice}/objection                      y y n y n n n n y n n n n > >
POST /in-error/{objected_notice}/objection                      y y n y n n n n y n n n n > >
GET  /corrections/{correction}                                  y y n y n y y n y n y y n > >
GET  /corrections/{legal_correction}                            y y n y n n n n y n y y n > >
GET  /corrections/COR-0000-0000                                 0 0 0 0 0 0 0 n 0 0 0 0 n > >
POST /corrections/{correction}/answer                           n n n y n y y n n n n n n > >
POST /corrections/{legal_correction}/answer                     n n n n n n n n y n n n n > >

# Authorities: a team that works with somebody named, Legal, those who read everything; and the authorising officer, who answers for
# authorisations and not for what a court says: every authorisation, and an order that names somebody whom an authorisation or an
# application for one names (`ordered`, `elsewhere`, `restricted`; nobody has applied for one about `other`)
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}/orders/report                             y y y y y n y n n n n n n > >
POST /people/{person}/orders/report                             y y y y y n y n n n n n n > >
GET  /people/{restricted}/orders/report                         y n n y n n n n n n n n n > >
POST /people/{restricted}/orders/report                         y n n y n n n n n n n n n > >
GET  /orders/{ordered_order}                                    y y y y y n y n y y y y n > >
GET  /orders/{elsewhere_order}                                  n n y n y n y n y y y y n > >
GET  /orders/{restricted_order}                                 y n n y n n n n y y y y n > >
GET  /orders/{unapplied_order}                                  y y y y y n y n y n y y n > >
GET  /orders/ORD-0000-0000                                      0 0 0 0 0 0 0 n 0 0 0 0 n > >
GET  /people/{person}/orders/record                             n n n n n n n n y n n n n > >
POST /people/{person}/orders/record                             n n n n n n n n y n n n n > >
GET  /people/{restricted}/orders/record                         n n n n n n n n y n n n n > >
POST /people/{restricted}/orders/record                         n n n n n n n n y n n n n > >
GET  /orders                                                    n n n n n n n n y n n n n > >
GET  /orders/{reported_order}/seen                              n n n n n n n n y n n n n > >
POST /orders/{reported_order}/seen                              n n n n n n n n y n n n n > >
GET  /orders/ORD-0000-0000/seen                                 n n n n n n n n 0 n n n n > >
GET  /authorisations/ripa/{ordered_ripa}                        y y y y y n y n y y y y n > >
GET  /authorisations/ripa/{elsewhere_ripa}                      n n y n y n y n y y y y n > >
GET  /authorisations/ripa/{restricted_ripa}                     y n n y n n n n y y y y n > >
GET  /authorisations/non-ripa/{ordered_non_ripa}                y y y y y n y n y y y y n > >
GET  /authorisations/non-ripa/{elsewhere_non_ripa}              n n y n y n y n y y y y n > >
GET  /authorisations/non-ripa/{restricted_non_ripa}             y n n y n n n n y y y y n > >

# Applications: prepared by Legal, answered by the authorising officer; the justice's decision is recorded by Legal
                                                                W C O M N H D d L A S U X c -
GET  /people/{person}/applications/new                          n n n n n n n n y n n n n > >
POST /people/{person}/applications/new                          n n n n n n n n y n n n n > >
GET  /people/{restricted}/applications/new                      n n n n n n n n y n n n n > >
POST /people/{restricted}/applications/new                      n n n n n n n n y n n n n > >
GET  /people/{person}/applications/not-met                      n n n n n n n n y n n n n > >
GET  /people/{person}/applications/new-non-ripa                 n n n n n n n n y n n n n > >
POST /people/{person}/applications/new-non-ripa                 n n n n n n n n y n n n n > >
GET  /authorisations/ripa/{ordered_ripa}/renew                  n n n n n n n n y n n n n > >
POST /authorisations/ripa/{ordered_ripa}/renew                  n n n n n n n n y n n n n > >
GET  /authorisations/ripa/{unheard_ripa}/hearing                n n n n n n n n y n n n n > >
POST /authorisations/ripa/{unheard_ripa}/hearing                n n n n n n n n y n n n n > >
GET  /authorisations                                            n n n n n n n n y y y y n > >
GET  /authorisations/applications/{application}                 n n n n n n n n y y y y n > >
GET  /authorisations/applications/{restricted_application}      n n n n n n n n y y y y n > >
GET  /authorisations/applications/{refused_application}         n n n n n n n n y y y y n > >
GET  /authorisations/applications/APP-0000-0000                 n n n n n n n n 0 0 0 0 n > >
GET  /authorisations/applications/{application}/grant           n n n n n n n n n y n n n > >
POST /authorisations/applications/{application}/grant           n n n n n n n n n y n n n > >
GET  /authorisations/applications/{non_ripa_application}/grant  n n n n n n n n n y n n n > >
POST /authorisations/applications/{non_ripa_application}/grant  n n n n n n n n n y n n n > >
GET  /authorisations/applications/{application}/refuse          n n n n n n n n n y n n n > >
POST /authorisations/applications/{application}/refuse          n n n n n n n n n y n n n > >
POST /authorisations/applications/{refused_application}/grant   n n n n n n n n n f n n n > >
GET  /authorisations/applications/{application}/withdraw        n n n n n n n n y n n n n > >
POST /authorisations/applications/{application}/withdraw        n n n n n n n n y n n n n > >
POST /authorisations/applications/{refused_application}/withdraw n n n n n n n n f n n n n > >
GET  /authorisations/ripa/{ordered_ripa}/review                 n n n n n n n n n y n n n > >
POST /authorisations/ripa/{ordered_ripa}/review                 n n n n n n n n n y n n n > >
GET  /authorisations/ripa/{ordered_ripa}/cancel                 n n n n n n n n n y n n n > >
POST /authorisations/ripa/{ordered_ripa}/cancel                 n n n n n n n n n y n n n > >
GET  /authorisations/non-ripa/{ordered_non_ripa}/review         n n n n n n n n n y n n n > >
POST /authorisations/non-ripa/{ordered_non_ripa}/review         n n n n n n n n n y n n n > >
GET  /authorisations/non-ripa/{ordered_non_ripa}/cancel         n n n n n n n n n y n n n > >
POST /authorisations/non-ripa/{ordered_non_ripa}/cancel         n n n n n n n n n y n n n > >

# Staff, teams and the rota: administrators alone, and nobody their own account
                                                                W C O M N H D d L A S U X c -
GET  /staff                                                     n n n n n n n n n n n n y > >
POST /staff                                                     n n n n n n n n n n n n y > >
GET  /staff/closed                                              n n n n n n n n n n n n y > >
GET  /staff/new                                                 n n n n n n n n n n n n y > >
POST /staff/new                                                 n n n n n n n n n n n n y > >
GET  /staff/{staff_worker2}                                     n n n n n n n n n n n n y > >
GET  /staff/{staff_admin}                                       n n n n n n n n n n n n y > >
GET  /staff/STF-0000-0000                                       n n n n n n n n n n n n 0 > >
GET  /staff/{staff_worker2}/close                               n n n n n n n n n n n n y > >
POST /staff/{staff_worker2}/close                               n n n n n n n n n n n n y > >
GET  /staff/{staff_admin}/close                                 n n n n n n n n n n n n n > >
POST /staff/{staff_admin}/close                                 n n n n n n n n n n n n n > >
GET  /staff/{staff_worker2}/password                            n n n n n n n n n n n n y > >
POST /staff/{staff_worker2}/password                            n n n n n n n n n n n n y > >
GET  /staff/{staff_admin}/password                              n n n n n n n n n n n n n > >
POST /staff/{staff_admin}/password                              n n n n n n n n n n n n n > >
GET  /staff/{staff_worker2}/password/shown                      n n n n n n n n n n n n y > >
GET  /staff/{staff_locked}/lock                                 n n n n n n n n n n n n y > >
POST /staff/{staff_locked}/lock                                 n n n n n n n n n n n n y > >
GET  /staff/{staff_admin}/lock                                  n n n n n n n n n n n n n > >
POST /staff/{staff_admin}/lock                                  n n n n n n n n n n n n n > >
GET  /staff/{staff_worker2}/signed-out                          n n n n n n n n n n n n y > >
POST /staff/{staff_worker2}/signed-out                          n n n n n n n n n n n n y > >
GET  /staff/{staff_admin}/signed-out                            n n n n n n n n n n n n n > >
POST /staff/{staff_admin}/signed-out                            n n n n n n n n n n n n n > >
GET  /staff/{staff_colleague}/roles/new                         n n n n n n n n n n n n y > >
POST /staff/{staff_colleague}/roles/new                         n n n n n n n n n n n n y > >
GET  /staff/{staff_admin}/roles/new                             n n n n n n n n n n n n n > >
POST /staff/{staff_admin}/roles/new                             n n n n n n n n n n n n n > >
GET  /staff/{staff_worker2}/roles/{role_of_worker2}/end         n n n n n n n n n n n n y > >
POST /staff/{staff_worker2}/roles/{role_of_worker2}/end         n n n n n n n n n n n n y > >
GET  /staff/{staff_colleague}/roles/{role_of_worker2}/end       n n n n n n n n n n n n 0 > >
GET  /staff/{staff_admin}/roles/{role_of_worker2}/end           n n n n n n n n n n n n n > >
GET  /teams                                                     n n n n n n n n n n n n y > >
GET  /teams/new                                                 n n n n n n n n n n n n y > >
POST /teams/new                                                 n n n n n n n n n n n n y > >
GET  /teams/{team_south}/parent                                 n n n n n n n n n n n n y > >
POST /teams/{team_south}/parent                                 n n n n n n n n n n n n y > >
GET  /teams/{team_night}/parent                                 n n n n n n n n n n n n 0 > >
GET  /teams/{team_south}/close                                  n n n n n n n n n n n n y > >
POST /teams/{team_south}/close                                  n n n n n n n n n n n n y > >
GET  /teams/{team_night}/close                                  n n n n n n n n n n n n 0 > >
GET  /rota                                                      n n n n n n n n n n n n y > >
GET  /rota/new                                                  n n n n n n n n n n n n y > >
POST /rota/new                                                  n n n n n n n n n n n n y > >
GET  /rota/{shift}/end                                          n n n n n n n n n n n n y > >
POST /rota/{shift}/end                                          n n n n n n n n n n n n y > >

# Cover: ended by who is covered, by an administrator and by who could name it; for somebody else named by an administrator where
# no role passes on that is confirmed, and else by who could confirm it
                                                                W C O M N H D d L A S U X c -
GET  /cover                                                     n n n y y y y n y y y y y > >
GET  /cover/{cover_of_colleague}/end                            n y n n n n n n n n n n y > >
POST /cover/{cover_of_colleague}/end                            n y n n n n n n n n n n y > >
GET  /cover/{cover_of_manager2}/end                             n n n y y y n n n n y n y > >
POST /cover/{cover_of_manager2}/end                             n n n y y y n n n n y n y > >
GET  /cover/COV-0000-0000/end                                   0 0 0 0 0 0 0 0 0 0 0 0 0 > >
GET  /staff/{staff_colleague}/cover/new                         n n n n n n n n n n n n y > >
POST /staff/{staff_colleague}/cover/new                         n n n n n n n n n n n n y > >
GET  /staff/{staff_manager2}/cover/new                          n n n y y y n n n n y n n > >
POST /staff/{staff_manager2}/cover/new                          n n n y y y n n n n y n n > >
GET  /staff/{staff_admin}/cover/new                             n n n n n n n n n n n n y > >

# A role that waits for an auditor: an auditor or the Senior Responsible Officer, and not whoever granted it
                                                                W C O M N H D d L A S U X c -
GET  /roles-to-confirm                                          n n n y y y y n y y y y n > >
GET  /roles-to-confirm/{waiting_role}                           n n n n n n n n n n y y n > >
POST /roles-to-confirm/{waiting_role}                           n n n n n n n n n n y y n > >
GET  /roles-to-confirm/ROL-0000-0000                            n n n 0 0 0 0 n 0 0 0 0 n > >

# Imports: teams and staff by administrators, people by managers. Whose file it was sees what became of it; N's is running
                                                                W C O M N H D d L A S U X c -
GET  /imports                                                   n n n y y y n n n n n n y > >
GET  /imports/people                                            n n n y y y n n n n n n n > >
POST /imports/people                                            n n n y f y n n n n n n n > >
GET  /imports/staff                                             n n n n n n n n n n n n y > >
POST /imports/staff                                             n n n n n n n n n n n n y > >
GET  /imports/teams                                             n n n n n n n n n n n n y > >
POST /imports/teams                                             n n n n n n n n n n n n y > >
GET  /imports/people/template                                   n n n y y y n n n n n n n > >
GET  /imports/staff/template                                    n n n n n n n n n n n n y > >
GET  /imports/zz/template                                       n n n 0 0 0 n n n n n n 0 > >
GET  /imports/{import_people}                                   n n n y 0 0 n n n n n n 0 > >
GET  /imports/{import_staff}                                    n n n 0 0 0 n n n n n n y > >
GET  /imports/{import_running}                                  n n n 0 y 0 n n n n n n 0 > >
GET  /imports/IMP-0000-0000                                     n n n 0 0 0 n n n n n n 0 > >
POST /imports/{import_people}/begin                             n n n y 0 0 n n n n n n 0 > >
POST /imports/{import_staff}/begin                              n n n 0 0 0 n n n n n n y > >
POST /imports/{import_running}/go-on                            n n n 0 y 0 n n n n n n 0 > >

# The council's own profiles: kept by administrators
                                                                W C O M N H D d L A S U X c -
GET  /corporate-profiles/new                                    n n n n n n n n n n n n y > >
POST /corporate-profiles/new                                    n n n n n n n n n n n n y > >
GET  /corporate-profiles/{corporate}                            n n n n n n n n n n n n y > >
GET  /corporate-profiles/COP-0000-0000                          n n n n n n n n n n n n 0 > >
GET  /corporate-profiles/{corporate}/users/new                  n n n n n n n n n n n n y > >
POST /corporate-profiles/{corporate}/users/new                  n n n n n n n n n n n n y > >
GET  /corporate-profiles/{corporate}/users/{staff_colleague}/end  n n n n n n n n n n n n y > >
POST /corporate-profiles/{corporate}/users/{staff_colleague}/end  n n n n n n n n n n n n y > >
GET  /corporate-profiles/{corporate}/users/{staff_worker2}/end  n n n n n n n n n n n n 0 > >
GET  /corporate-profiles/{corporate}/close                      n n n n n n n n n n n n y > >
POST /corporate-profiles/{corporate}/close                      n n n n n n n n n n n n y > >

# A manager's queue and pages: managers of the team and of those above who neither asked nor would look, and who is on duty
                                                                W C O M N H D d L A S U X c -
GET  /review                                                    n n n y y y y n n n n n n > >
GET  /review/{waiting}                                          n n n y n y y n n n n n n > >
GET  /review/{waiting_of_manager}                               n n n n n y y n n n n n n > >
GET  /review/{restricted_waiting}                               n n n y n y n n n n n n n > >
GET  /review/{south}                                            n n n n y y y n n n n n n > >
GET  /review/CHK-0000-0000                                      n n n 0 0 0 0 n n n n n n > >
POST /review/{waiting}/approve                                  n n n y n y y n n n n n n > >
POST /review/{waiting_of_manager}/approve                       n n n n n y y n n n n n n > >
POST /review/{restricted_waiting}/approve                       n n n y n n n n n n n n n > >
POST /review/{waiting}/decline                                  n n n y n y y n n n n n n > >
POST /review/{waiting_of_manager}/decline                       n n n n n y y n n n n n n > >
POST /review/{blocked}/endorse                                  n n n y n y y n n n n n n > >
POST /review/{blocked}/close                                    n n n y n y y n n n n n n > >
POST /review/{in_danger}/agree                                  n n n y n y y n n n n n n > >
POST /review/{said_late}/confirm                                n n n y n y y n n n n n n > >
POST /review/{recorded_late}/seen                               n n n y n y y n n n n n n > >
POST /review/{left_unreported}/nobody-left                      n n n y n y y n n n n n n > >
POST /review/{waiting}/ask                                      n n n y n y y n n n n n n > >
POST /review/{waiting_of_manager}/ask                           n n n n n y y n n n n n n > >

# The trail, for those who read everything
                                                                W C O M N H D d L A S U X c -
GET  /trail                                                     n n n n n n n n n n y y n > >
POST /trail                                                     n n n n n n n n n n y y n > >
GET  /trail/entries/{entry}                                     n n n n n n n n n n y y n > >
GET  /trail/entries/0000                                        n n n n n n n n n n 0 0 n > >
GET  /trail/verify                                              n n n n n n n n n n y y n > >
POST /trail/verify                                              n n n n n n n n n n y y n > >

# The council's name and pages: an administrator's
                                                                W C O M N H D d L A S U X c -
GET  /site                                                      n n n n n n n n n n n n y > >
GET  /site/name/write                                           n n n n n n n n n n n n y > >
POST /site/name/write                                           n n n n n n n n n n n n y > >
GET  /site/help/write                                           n n n n n n n n n n n n y > >
POST /site/help/write                                           n n n n n n n n n n n n y > >
GET  /site/nothing/write                                        n n n n n n n n n n n n 0 > >
GET  /site/versions/{site_text}                                 n n n n n n n n n n n n y > >
POST /site/versions/{site_text}                                 n n n n n n n n n n n n y > >

# The council's rules: read by everybody, proposed by Legal or an administrator, signed by Legal and the Senior Responsible Officer
                                                                W C O M N H D d L A S U X c -
GET  /policy/proposals                                          y y y y y y y n y y y y y > >
GET  /policy/proposals/{proposal}                               y y y y y y y n y y y y y > >
GET  /policy/proposals/LIM-0000-0000                            0 0 0 0 0 0 0 n 0 0 0 0 0 > >
GET  /policy/proposals/{proposal}/sign                          n n n n n n n n y n y n n > >
POST /policy/proposals/{proposal}/sign                          n n n n n n n n y n y n n > >
GET  /policy/proposals/{proposal}/withdraw                      n n n n n n n n n n n n y > >
POST /policy/proposals/{proposal}/withdraw                      n n n n n n n n n n n n y > >
GET  /policy/propose/limits                                     n n n n n n n n y n n n y > >
POST /policy/propose/limits                                     n n n n n n n n y n n n y > >
GET  /policy/propose/limits/{limits_draft}                      n n n n n n n n y n n n 0 > >
POST /policy/propose/limits/{limits_draft}                      n n n n n n n n y n n n 0 > >
GET  /policy/propose/purposes                                   n n n n n n n n y n n n y > >
POST /policy/propose/purposes                                   n n n n n n n n y n n n y > >
GET  /policy/propose/purposes/{limits_draft}                    n n n n n n n n 0 n n n 0 > >
GET  /policy/propose/platforms                                  n n n n n n n n y n n n y > >
POST /policy/propose/platforms                                  n n n n n n n n y n n n y > >
GET  /policy/propose/basis/assessment                           n n n n n n n n y n n n y > >
POST /policy/propose/basis/assessment                           n n n n n n n n y n n n y > >
GET  /policy/propose/basis/nothing                              n n n n n n n n 0 n n n 0 > >
GET  /policy/propose/answers/{limits_draft}                     n n n n n n n n y n n n 0 > >
POST /policy/propose/answers/{limits_draft}                     n n n n n n n n y n n n 0 > >
"""
